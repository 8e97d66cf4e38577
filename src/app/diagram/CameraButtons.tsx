import { useReactFlow, useStoreApi } from '@xyflow/react';
import type { Scene } from '../../scene/scene.ts';
import { t } from '../ui/locale.ts';
import styles from './Diagram.module.css';
import { wholeView } from './view.ts';

export function CameraButtons({ scene }: { readonly scene: Scene }) {
  const { zoomIn, zoomOut, setViewport } = useReactFlow();
  const flow = useStoreApi();
  return (
    <div className={styles.buttons}>
      <button type="button" className={styles.zoom} onClick={() => void zoomOut()} aria-label={t('scene.zoom-out')} title={t('scene.zoom-out')}>
        <Sign d="M3.5 8h9" />
      </button>
      <button type="button" className={styles.zoom} onClick={() => void zoomIn()} aria-label={t('scene.zoom-in')} title={t('scene.zoom-in')}>
        <Sign d="M3.5 8h9M8 3.5v9" />
      </button>
      <button type="button" onClick={() => void setViewport(wholeView(scene, flow.getState()))} aria-label={t('scene.fit')} title={t('scene.fit')}>
        <Sign d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </button>
    </div>
  );
}

function Sign({ d }: { readonly d: string }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={d} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
