import { UserPlus } from 'lucide-react';
import { InvitedList } from '#components/member/invited-list.tsx';
import { MemberTable } from '#components/member/member-table.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findInvitations } from '#lib/data/member/invitations.ts';
import { findMembers } from '#lib/data/member/members.ts';
import { requireAdmin } from '../require-admin.ts';
import { removeFromSandbox, withdraw } from './actions.ts';

export const metadata = { title: 'Members' };

interface MembersPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<{ refused?: string | string[] }>;
}

export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const { sandbox: slug } = await params;
  const { sandbox } = await requireAdmin(slug, '/members');
  const [members, invitations] = await Promise.all([findMembers(sandbox.id), findInvitations(sandbox.id)]);
  const list = `/${slug}/admin/members`;
  return (
    <WorkspacePage>
      <PageHeader
        title="Members"
        description={isolating`Who may enter ${sandbox.name}, as what, and which resources stand for them.`}
        breadcrumbs={[{ label: 'Administration', href: `/${slug}/admin` }]}
        actions={
          <ButtonLink href={`${list}/new`} icon={<UserPlus aria-hidden />}>
            Add member
          </ButtonLink>
        }
      />
      {(await searchParams).refused === 'last-admin' ? (
        <Callout tone="danger" role="alert" title="Nobody was removed">
          A sandbox needs an administrator, and this is the only one.
        </Callout>
      ) : null}
      <Panel flush>
        <MemberTable members={members} list={list} remove={removeFromSandbox.bind(null, slug)} />
      </Panel>
      {invitations.length > 0 ? (
        <Panel flush id="invitations" title="Invited" className="max-w-4xl">
          <InvitedList invitations={invitations} withdraw={withdraw.bind(null, slug)} />
        </Panel>
      ) : null}
    </WorkspacePage>
  );
}
