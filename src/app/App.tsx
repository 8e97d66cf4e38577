import { lazy, type LazyExoticComponent, type ReactNode } from 'react';
import type { PageId } from './store/pages.ts';
import { useStore } from './store/store.ts';
import { Boundary } from './ui/Boundary.tsx';
import { t } from './ui/locale.ts';
import { PHONE, useMedia } from './ui/use-media.ts';
import { Diagram } from './diagram/Diagram.tsx';
import { Editor } from './editor/Editor.tsx';
import { Environment } from './environment/Environment.tsx';
import { ExamplesMenu } from './examples/ExamplesMenu.tsx';
import { ExampleList } from './examples/ExampleList.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { StepList } from './inspector/StepList.tsx';
import { DropTarget } from './layout/DropTarget.tsx';
import { EngineCrash } from './layout/EngineCrash.tsx';
import { Header } from './layout/Header.tsx';
import { LeftPane } from './layout/LeftPane.tsx';
import { NoticeBar } from './layout/NoticeBar.tsx';
import { PageFrame } from './layout/PageFrame.tsx';
import { Panes } from './layout/Panes.tsx';
import { Sheet } from './layout/Sheet.tsx';
import { Stage } from './layout/Stage.tsx';
import { Player } from './player/Player.tsx';
import { Problems } from './problems/Problems.tsx';
import { RequestBar } from './request/RequestBar.tsx';
import { RepairScreen } from './share/RepairScreen.tsx';
import { ShareButton } from './share/ShareButton.tsx';

/** What stands beside the map in the navigation; each comes with its code and its words when it is opened. */
const PAGES: Readonly<Partial<Record<PageId, LazyExoticComponent<() => ReactNode>>>> = {
  exactness: lazy(async () => ({ default: (await import('./exactness/Exactness.tsx')).Exactness })),
};

/** Composes the features; the only file that knows them all. */
export function App() {
  const isPhone = useMedia(PHONE);
  const isBroken = useStore((state) => state.brokenLink !== null);
  const page = useStore((state) => state.view.page);
  const content = PAGES[page];

  const left = (
    <LeftPane
      manifests={
        <>
          <Boundary name={t('app.part.editor')}>
            <Editor />
          </Boundary>
          <Boundary name={t('app.part.problems')}>
            <Problems />
          </Boundary>
        </>
      }
      environment={
        <Boundary name={t('app.part.environment')}>
          <Environment />
        </Boundary>
      }
    />
  );
  const centre = (
    <>
      <Boundary name={t('app.part.request')}>
        <RequestBar />
      </Boundary>
      <EngineCrash />
      <Stage examples={<ExampleList />} notice={<NoticeBar />}>
        <Boundary name={t('app.part.map')}>
          <Diagram />
        </Boundary>
      </Stage>
      <Boundary name={t('app.part.player')}>
        <Player />
      </Boundary>
    </>
  );
  const right = (
    <Boundary name={t('app.part.inspector')}>
      <Inspector />
    </Boundary>
  );

  return (
    <DropTarget>
      <Header>
        <ExamplesMenu />
        <ShareButton />
      </Header>
      {isBroken ? (
        <RepairScreen />
      ) : content !== undefined ? (
        <PageFrame page={page} content={content} />
      ) : isPhone ? (
        <Sheet map={centre} steps={<StepList />} details={right} editor={left} />
      ) : (
        <Panes left={left} centre={centre} right={right} />
      )}
    </DropTarget>
  );
}
