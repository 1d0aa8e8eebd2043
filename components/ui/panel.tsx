import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

interface PanelProps {
  title?: ReactNode;
  /** Id of the heading, for in-page links. */
  id?: string | undefined;
  /** A count or badge after the title. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** Leave the inner spacing to the content: tables, lists. */
  flush?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A titled section on a surface of its own. */
export function Panel({ title, id, badge, actions, flush = false, className, children }: PanelProps) {
  const headingId = id && title ? `${id}-title` : undefined;
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={classNames('min-w-0 overflow-clip rounded-md border border-line bg-surface shadow-panel', className)}
    >
      {title ? (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-2 gap-y-1 px-4 py-1.5">
          <div className="flex min-w-0 items-center gap-2">
            <h2 id={headingId} className="min-w-0 text-base font-semibold break-words">
              {title}
            </h2>
            {badge}
          </div>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={bodyClass(flush, Boolean(title))}>{children}</div>
    </section>
  );
}

function bodyClass(flush: boolean, titled: boolean): string {
  if (flush) return titled ? 'border-t border-line' : '';
  return titled ? 'px-4 pb-4' : 'p-4';
}
