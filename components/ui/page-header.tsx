import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from './breadcrumbs.tsx';

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Badges after the title. */
  badges?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly Crumb[] | undefined;
}

/** The page's only `h1`, with a description and the main actions. */
export function PageHeader({ title, description, badges, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-1">
      {breadcrumbs?.length ? <Breadcrumbs crumbs={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {badges}
          </div>
          {description ? <p className="max-w-prose text-muted text-pretty">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
