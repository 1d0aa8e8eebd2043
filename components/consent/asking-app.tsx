import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Deliberate } from '#components/ui/form/deliberate.tsx';
import { type BrandedSandbox, BrandFrame } from './brand-frame.tsx';

interface AskingAppProps {
  app: { name: string; logoUri?: string | undefined };
  sandbox: BrandedSandbox;
  title: ReactNode;
  children: ReactNode;
}

/** The frame of every page on which an app waits for the user. It names the app, the sandbox and the task. */
export function AskingApp({ app, sandbox, title, children }: AskingAppProps) {
  return (
    <BrandFrame sandbox={sandbox}>
      <header className="flex items-center gap-3">
        <Avatar name={app.name} src={app.logoUri} size="large" square />
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words text-balance">{title}</h1>
      </header>
      <Deliberate className="flex flex-col gap-5">{children}</Deliberate>
    </BrandFrame>
  );
}
