import { notFound } from 'next/navigation';
import { ChangeMemberForm } from '#components/member/change-member-form.tsx';
import type { ChosenPatient } from '#components/member/member-state.ts';
import { ResetPassword } from '#components/member/reset-password.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { findMembers } from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { patientNames } from '../../../patient-names.ts';
import { requireAdmin } from '../../require-admin.ts';
import { saveMember } from '../actions.ts';
import { practitionerChoices } from '../practitioner-choices.ts';
import { resetMemberPassword } from './actions.ts';

export const metadata = { title: 'Change member' };

export default async function MemberPage({ params }: { params: Promise<{ sandbox: string; userId: string }> }) {
  const { sandbox: slug, userId } = await params;
  const admin = await requireAdmin(slug, `/members/${encodeURIComponent(userId)}`);
  const shown = (await findMembers(admin.sandbox.id)).find((member) => member.userId === userId) ?? notFound();
  const [type, id = ''] = shown.fhirUser?.split('/') ?? [];
  const [own] = type === 'Patient' ? await named(admin, [id]) : [];
  const backHref = `/${slug}/admin/members`;
  return (
    <WorkspacePage>
      <PageHeader
        title={shown.name}
        description={shown.username}
        breadcrumbs={[
          { label: 'Administration', href: `/${slug}/admin` },
          { label: 'Members', href: backHref },
        ]}
      />
      <Panel className="max-w-2xl">
        <ChangeMemberForm
          action={saveMember.bind(null, slug, userId)}
          sandbox={slug}
          initial={{
            role: shown.role,
            practitioner: type === 'Practitioner' ? id : '',
            patient: own,
            proxyFor: await named(admin, shown.proxyFor),
          }}
          practitioners={await practitionerChoices(admin)}
          backHref={backHref}
        />
      </Panel>
      <Panel title="Password" id="password" className="max-w-2xl">
        {userId === admin.user.id ? (
          <ButtonLink href="/account/password" variant="secondary">
            Change your password
          </ButtonLink>
        ) : (
          <ResetPassword name={shown.name} action={resetMemberPassword.bind(null, slug, userId)} />
        )}
      </Panel>
    </WorkspacePage>
  );
}

/** The patients with their names; one who is no longer there is shown by id. */
async function named(admin: Member, ids: string[]): Promise<ChosenPatient[]> {
  const names = await patientNames(admin, 'admin/members', ids);
  return ids.map((id) => ({ id, label: names.get(id) ?? id }));
}
