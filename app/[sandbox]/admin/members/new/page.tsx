import { AddMemberForm } from '#components/member/add-member-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { requireAdmin } from '../../require-admin.ts';
import { addMember } from '../actions.ts';
import { practitionerChoices } from '../practitioner-choices.ts';

export const metadata = { title: 'Add member' };

export default async function NewMemberPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const member = await requireAdmin(slug, '/members/new');
  const backHref = `/${slug}/admin/members`;
  return (
    <WorkspacePage>
      <PageHeader
        title="Add member"
        breadcrumbs={[
          { label: 'Administration', href: `/${slug}/admin` },
          { label: 'Members', href: backHref },
        ]}
      />
      <Panel className="max-w-2xl">
        <AddMemberForm
          action={addMember.bind(null, slug)}
          sandbox={slug}
          practitioners={await practitionerChoices(member)}
          backHref={backHref}
        />
      </Panel>
    </WorkspacePage>
  );
}
