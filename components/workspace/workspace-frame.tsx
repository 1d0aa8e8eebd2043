import { HeartPulse } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Link } from '#components/ui/link.tsx';
import { SkipLink } from '#components/ui/skip-link.tsx';
import { ThemeToggle } from '#components/ui/theme-toggle.tsx';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceNav } from './workspace-nav.tsx';

interface WorkspaceFrameProps {
  sandbox: { slug: string; name: string };
  logoUri?: string | undefined;
  user: { name: string; username: string };
  role: string;
  /** A server action that ends the session. */
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The frame of every page of a sandbox: its name, the navigation and the user menu. */
export function WorkspaceFrame({ sandbox, logoUri, user, role, signOut, children }: WorkspaceFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-6 px-4 sm:min-h-12 sm:px-6">
          <Link
            href={`/${sandbox.slug}`}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-2 font-semibold lg:flex-none"
          >
            {logoUri ? (
              <Avatar name={sandbox.name} src={logoUri} size="small" square />
            ) : (
              <HeartPulse aria-hidden className="size-5 shrink-0 text-accent-text" />
            )}
            <span className="truncate lg:max-w-44 xl:max-w-64">{sandbox.name}</span>
          </Link>
          <WorkspaceNav slug={sandbox.slug} role={role} />
          <div className="flex items-center gap-1 lg:ml-auto">
            <ThemeToggle className="inline-flex size-9 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-ink" />
            <UserMenu user={user} role={role} accessHref={`/${sandbox.slug}/access`} signOut={signOut} />
          </div>
        </div>
      </header>
      {children}
    </div>
  );
}

/** The main content of a workspace page, at its usual width. */
export function WorkspacePage({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto flex w-full max-w-[100rem] flex-col gap-4 px-4 py-5 sm:px-6">
      {children}
    </main>
  );
}
