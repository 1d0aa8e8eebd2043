import type { ReactNode } from 'react';
import styles from './app-frame.module.css';

/** The common look of the apps: a header with the app's own mark, the content, and a plain footer. */
export function AppFrame({
  name,
  logoPath,
  accent,
  user,
  footer,
  children,
}: {
  name: string;
  logoPath: string;
  accent: 'amber' | 'violet' | 'teal';
  user?: string | null | undefined;
  footer: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={`${styles.app} ${styles[accent]}`}>
      <header className={styles.header}>
        <div className={styles.headerRow}>
          {/* biome-ignore lint/performance/noImgElement: an SVG of a few hundred bytes gains nothing from the image service */}
          <img src={logoPath} alt="" width={32} height={32} />
          <p className={styles.appName}>{name}</p>
          {user ? (
            <p className={styles.user}>
              <span className={styles.userLabel}>Signed in as</span> {user}
            </p>
          ) : null}
        </div>
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={styles.footer}>{footer}</footer>
    </div>
  );
}
