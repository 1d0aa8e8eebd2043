import { notFound } from 'next/navigation';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { ScenarioForm } from '#components/scenario/scenario-form.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';
import { auditedPage } from '#lib/audit/record-page.ts';
import { findPatientsById } from '#lib/data/chart/patients-by-id.ts';
import { findScenario } from '#lib/data/launch/scenarios.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { requireAdmin } from '../../require-admin.ts';
import { saveScenario } from '../actions.ts';
import { formChoices } from '../form-choices.ts';

export const metadata = { title: 'Change scenario' };

export default async function ChangeScenarioPage({ params }: { params: Promise<{ sandbox: string; id: string }> }) {
  const { sandbox: slug, id } = await params;
  const admin = await requireAdmin(slug, `/scenarios/${encodeURIComponent(id)}`);
  const scenario = (await findScenario(admin.sandbox.id, id)) ?? notFound();
  const { parameters, username = '', ...rest } = scenario;
  const { patient: _patient, encounter: _encounter, ...others } = parameters;
  const backHref = `/${slug}/scenarios`;
  return (
    <WorkspacePage>
      <PageHeader
        title={scenario.name}
        description="Its link stays the same, whatever you change."
        breadcrumbs={[{ label: 'Scenarios', href: backHref }]}
      />
      <Panel className="max-w-3xl">
        <ScenarioForm
          action={saveScenario.bind(null, slug, id)}
          sandbox={slug}
          initial={{ ...rest, username, parameters: others, ...(await subjectOf(admin, parameters)) }}
          {...(await formChoices(admin.sandbox.id))}
          backHref={backHref}
        />
      </Panel>
    </WorkspacePage>
  );
}

/** The patient and the encounter as the form shows them; a patient who is no longer there is not chosen. */
async function subjectOf(admin: Member, parameters: LaunchParameters) {
  const id = textParameter(parameters, 'patient');
  if (!id) return {};
  const [found] = await auditedPage(admin, { interaction: 'lookup', path: 'admin/scenarios' }, () =>
    findPatientsById(readerOf(admin), [id]),
  );
  const summary = found && summarizePatient(found, new Date());
  return summary
    ? { patient: { ...summary, label: summary.name }, encounter: textParameter(parameters, 'encounter') }
    : {};
}
