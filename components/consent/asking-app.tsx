import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';

interface AskingAppProps {
  app: { name: string; logoUri?: string | undefined; description?: string | undefined };
  sandbox: string;
  title: ReactNode;
  children: ReactNode;
}

/** The frame of every page on which an app waits for the user: which app, in which sandbox, and what to do. */
export function AskingApp({ app, sandbox, title, children }: AskingAppProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-5 px-4 py-10 sm:justify-center">
      <header className="flex items-center gap-3">
        <Avatar name={app.name} src={app.logoUri} size="large" square />
        <div className="flex min-w-0 flex-col">
          <p className="text-sm text-muted">{sandbox}</p>
          <h1 className="text-xl font-semibold tracking-tight break-words text-balance">{title}</h1>
        </div>
      </header>
      {children}
    </main>
  );
}
