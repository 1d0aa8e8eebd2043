'use client';

import type { Failure } from './failure.ts';
import styles from './screens.module.css';

/** Shown while loading; announced by screen readers. */
export function LoadingScreen({ title }: { title: string }) {
  return (
    <div className={styles.screen} role="status">
      <span className={styles.spinner} aria-hidden="true" />
      <p className={styles.screenTitle}>{title}</p>
    </div>
  );
}

/** Shown when the app cannot continue: what happened, what the server said, what to do. */
export function FailureScreen({ failure }: { failure: Failure }) {
  return (
    <div className={styles.screen} role="alert">
      <span className={styles.mark} aria-hidden="true">
        !
      </span>
      <h1 className={styles.screenTitle}>{failure.title}</h1>
      <p className={styles.said}>{failure.detail}</p>
      <p className={styles.advice}>{failure.advice}</p>
      {failure.retry ? (
        <button type="button" className={styles.button} onClick={() => location.reload()}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
