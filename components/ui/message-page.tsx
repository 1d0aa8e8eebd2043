import type { ReactNode } from 'react';

interface MessagePageProps {
  icon: ReactNode;
  /** Name of the sandbox, if the page belongs to one. */
  sandbox?: string | undefined;
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A whole page with a single message, such as not found, refused, failed or signed out. */
export function MessagePage({ icon, sandbox, title, actions, children }: MessagePageProps) {
  return (
    <main id="main" className="mx-auto flex min-h-[85dvh] max-w-md flex-col justify-center gap-4 p-6">
      <div className="text-muted [&_svg]:size-8">{icon}</div>
      <div className="flex flex-col gap-1">
        {sandbox ? (
          <p className="text-sm text-muted">
            <bdi>{sandbox}</bdi>
          </p>
        ) : null}
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
      </div>
      <p className="text-muted">{children}</p>
      {actions ? <div className="flex flex-wrap gap-2 pt-2">{actions}</div> : null}
    </main>
  );
}
