import { Component, type ReactNode } from 'react';
import { t } from './locale.ts';
import controls from './controls.module.css';
import styles from './Boundary.module.css';

interface Props {
  /** What a person calls this part of the page. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a failure inside one panel: the rest of the page goes on, and the panel can be loaded again. */
export class Boundary extends Component<Props, { readonly failed: string | null }> {
  override state = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.failed === null) return this.props.children;
    return (
      <div role="alert" className={styles.crash}>
        <h2>{t('app.panel-crashed', { panel: this.props.name })}</h2>
        <p>{t('app.panel-crashed.kept')}</p>
        <pre>{this.state.failed}</pre>
        <button type="button" className={controls.button} onClick={() => this.setState({ failed: null })}>
          {t('app.panel-reload')}
        </button>
      </div>
    );
  }
}
