import { Building2, Plus } from 'lucide-react';
import { InvitationList } from '#components/sandbox/invitation-list.tsx';
import { SandboxList } from '#components/sandbox/sandbox-list.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StartFrame } from '#components/workspace/start-frame.tsx';
import { findInvitationsOf } from '#lib/data/member/invitations.ts';
import { findSandboxesOf } from '#lib/data/sandbox/sandboxes.ts';
import { findFillings } from '#lib/data/seed/sandbox-fillings.ts';
import { requireUser } from '#lib/session/current-user.ts';
import { answerOwnInvitation } from './actions.ts';
import { mayMakeSandboxes } from './sandboxes/require-maker.ts';
import { signOut } from './sign-in/actions.ts';

export const metadata = { title: 'Your sandboxes' };

export default async function SandboxesPage() {
  const user = await requireUser('/');
  const [sandboxes, invitations, mayMake] = await Promise.all([
    findSandboxesOf(user.id),
    findInvitationsOf(user.id),
    mayMakeSandboxes(user.id),
  ]);
  const fillings = await findFillings(sandboxes.map(({ id }) => id));
  return (
    <StartFrame user={user} signOut={signOut}>
      <PageHeader
        title="Your sandboxes"
        description="Each is a make-believe hospital with its own patients and apps."
        actions={mayMake ? <NewSandbox /> : null}
      />
      {invitations.length > 0 ? (
        <Panel flush id="invitations" title="Invitations">
          <InvitationList invitations={invitations} answer={answerOwnInvitation} />
        </Panel>
      ) : null}
      <Panel flush>
        {sandboxes.length === 0 ? <NoSandbox username={user.username} /> : null}
        <SandboxList sandboxes={sandboxes} fillings={fillings} />
      </Panel>
    </StartFrame>
  );
}

function NewSandbox() {
  return (
    <ButtonLink href="/sandboxes/new" icon={<Plus aria-hidden />}>
      New sandbox
    </ButtonLink>
  );
}

function NoSandbox({ username }: { username: string }) {
  return (
    <EmptyState icon={<Building2 aria-hidden />} title="You are in no sandbox yet">
      Ask an administrator to add your account ({username}) to one.
    </EmptyState>
  );
}
