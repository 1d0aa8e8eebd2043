import { HeartPulse } from 'lucide-react';
import type { ReactNode } from 'react';
import { SkipLink } from '#components/ui/skip-link.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { UserMenu } from './user-menu.tsx';

interface StartFrameProps {
  user: { name: string; username: string };
  /** A server action that ends the session. */
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The frame of pages outside of any sandbox. */
export function StartFrame({ user, signOut, children }: StartFrameProps) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex min-h-12 max-w-3xl items-center gap-2 px-4">
          <HeartPulse aria-hidden className="size-5 text-accent-text" />
          <span className="mr-auto font-semibold">EHR sandbox</span>
          <ThemeToggle className="inline-flex size-9 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink" />
          <UserMenu user={user} signOut={signOut} />
        </div>
      </header>
      <main id="main" className="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-8">
        {children}
      </main>
    </div>
  );
}
