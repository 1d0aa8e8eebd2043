import { Building2, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { signOut } from '#app/sign-in/actions.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StartFrame } from '#components/workspace/start-frame.tsx';
import { findSandboxesOf } from '#lib/data/sandboxes.ts';
import { requireUser } from '#lib/session/current-user.ts';

export const metadata = { title: 'Your sandboxes' };

export default async function SandboxesPage() {
  const user = await requireUser('/');
  const sandboxes = await findSandboxesOf(user.id);
  return (
    <StartFrame user={user} signOut={signOut}>
      <PageHeader
        title="Your sandboxes"
        description="Each is a make-believe hospital with its own patients and apps."
      />
      <Panel flush>
        {sandboxes.length === 0 ? (
          <EmptyState icon={<Building2 aria-hidden />} title="You are in no sandbox yet">
            Ask an administrator to add your account ({user.username}) to one.
          </EmptyState>
        ) : null}
        <ul className="divide-y divide-line">
          {sandboxes.map(({ slug, name, role }) => (
            <li key={slug} className="relative flex items-center gap-3 px-4 py-3 focus-within:bg-hover hover:bg-hover">
              <Building2 aria-hidden className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <Link href={`/${slug}/patients`} className="font-semibold break-words after:absolute after:inset-0">
                  {name}
                </Link>
                <p className="text-sm text-muted">/{slug}</p>
              </div>
              <Badge>{role}</Badge>
              <ChevronRight aria-hidden className="size-4 text-muted" />
            </li>
          ))}
        </ul>
      </Panel>
    </StartFrame>
  );
}
