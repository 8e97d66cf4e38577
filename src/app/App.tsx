import { createElement, lazy, Suspense, useEffect, type LazyExoticComponent, type ReactNode } from 'react';
import { loadCodec } from './store/link-actions.ts';
import type { PageId } from './store/pages.ts';
import { isPresented } from './store/present-actions.ts';
import { useStore } from './store/store.ts';
import { Boundary } from './ui/Boundary.tsx';
import { lazyPart, loadParts } from './ui/lazy-part.tsx';
import { t } from './ui/locale.ts';
import { useIdle } from './ui/use-idle.ts';
import { PHONE, useMedia } from './ui/use-media.ts';
import { Diagram } from './diagram/Diagram.tsx';
import { Editor } from './editor/Editor.tsx';
import { ExampleList, ExamplesMenu } from './examples/ExamplesMenu.tsx';
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
import { startPlayhead } from './player/playhead.ts';
import { PresentButton } from './present/PresentButton.tsx';
import { Problems } from './problems/Problems.tsx';
import { RequestBar } from './request/RequestBar.tsx';
import { ShareButton } from './share/ShareButton.tsx';

const Environment = lazyPart(async () => (await import('./environment/Environment.tsx')).Environment);
const RepairScreen = lazyPart(async () => (await import('./share/RepairScreen.tsx')).RepairScreen);

/** What stands beside the map in the navigation; each comes with its code and its words when it is opened. */
const PAGES: Readonly<Partial<Record<PageId, LazyExoticComponent<() => ReactNode>>>> = {
  findings: lazy(async () => ({ default: (await import('./findings/Findings.tsx')).Findings })),
  compare: lazy(async () => ({ default: (await import('./compare/Compare.tsx')).Compare })),
  rules: lazy(async () => ({ default: (await import('./rules/Rules.tsx')).Rules })),
  policies: lazy(async () => ({ default: (await import('./policies/Policies.tsx')).Policies })),
  failures: lazy(async () => ({ default: (await import('./findings/Failures.tsx')).Failures })),
  exactness: lazy(async () => ({ default: (await import('./exactness/Exactness.tsx')).Exactness })),
};

const PresentedPath = lazyPart(async () => (await import('./present/PresentedPath.tsx')).PresentedPath);
const PresentFrame = lazyPart(async () => (await import('./present/PresentFrame.tsx')).PresentFrame);
const QuickFix = lazyPart(async () => (await import('./findings/QuickFix.tsx')).QuickFix);
const Palette = lazyPart(async () => (await import('./palette/Palette.tsx')).Palette);
const InHand = lazyPart(async () => (await import('./form/InHand.tsx')).InHand);

/** Composes the features; the only file that knows them all. */
export function App() {
  const isPhone = useMedia(PHONE);
  const isBroken = useStore((state) => state.brokenLink !== null);
  const page = useStore((state) => state.view.page);
  const content = PAGES[page];
  const showsFixes = useStore((state) => state.view.fixesAt !== null);
  const isPresenting = useStore(isPresented) && !isBroken;
  useEffect(() => (content === undefined ? startPlayhead() : undefined), [content]);
  const isIdle = useIdle(useStore((state) => state.analysis !== null));
  useEffect(() => {
    if (!isIdle) return;
    loadParts();
    loadCodec().catch(() => undefined);
  }, [isIdle]);

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
      add={
        <Boundary name={t('app.tab.add')}>
          <Palette />
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
      <Inspector hand={<InHand />} />
    </Boundary>
  );

  if (isPresenting) {
    return (
      <DropTarget>
        <Boundary name={t(`app.view.${page}`)}>
          <Suspense>
            {content === undefined ? (
              <PresentedPath map={<Diagram presented />} actions={<ShareButton />} />
            ) : (
              <PresentFrame actions={<ShareButton />}>{createElement(content)}</PresentFrame>
            )}
          </Suspense>
        </Boundary>
      </DropTarget>
    );
  }
  return (
    <DropTarget>
      <Header>
        <ExamplesMenu />
        <PresentButton />
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
      {showsFixes && <QuickFix />}
    </DropTarget>
  );
}
