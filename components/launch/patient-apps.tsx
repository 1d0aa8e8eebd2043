import { AppWindow, ExternalLink } from 'lucide-react';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import type { EncounterChoice } from '#components/record/encounter-choice.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { LaunchDialog } from './launch-dialog.tsx';
import { LaunchForm } from './launch-form.tsx';
import { type LaunchableApp, registeredItself } from './launchable-app.ts';

interface PatientAppsProps {
  sandbox: string;
  patient: PatientSummary;
  apps: readonly LaunchableApp[];
  /** The patient's newest encounter, for apps that need one. */
  latestEncounter: EncounterChoice | undefined;
}

/** The apps that can be launched for this patient, each with one click or by a dialog for further parameters. */
export function PatientApps({ sandbox, patient, apps, latestEncounter }: PatientAppsProps) {
  const usable = apps.filter(({ needs }) => needs === 'patient' || (needs === 'encounter' && latestEncounter));
  return (
    <Panel id="apps" title="Apps" flush>
      {usable.length === 0 ? (
        <EmptyState icon={<AppWindow aria-hidden />} title="No apps for this patient">
          An administrator can register and enable SMART apps.
        </EmptyState>
      ) : null}
      <ul className="divide-y divide-line">
        {usable.map((app) => (
          <li key={app.clientId} className="flex items-center gap-1 pr-2 hover:bg-hover">
            <LaunchForm
              sandbox={sandbox}
              clientId={app.clientId}
              patient={patient.id}
              encounter={app.needs === 'encounter' ? latestEncounter?.id : undefined}
              className="min-w-0 flex-1"
            >
              <AppRow app={app} latestEncounter={latestEncounter} />
            </LaunchForm>
            <LaunchDialog sandbox={sandbox} app={app} patient={patient} beside variant="quiet" size="small" />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function AppRow({ app, latestEncounter }: { app: LaunchableApp; latestEncounter: EncounterChoice | undefined }) {
  const detail = app.needs === 'encounter' ? `With the encounter of ${latestEncounter?.date}` : app.description;
  return (
    <button
      type="submit"
      className="flex w-full items-center gap-3 px-4 py-2.5 text-left focus-visible:-outline-offset-2"
    >
      <Avatar square name={app.name} src={app.logoUri ?? undefined} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium break-words">
          <span className="sr-only">Launch </span>
          {app.name}
        </span>
        {app.dynamic ? <Badge tone="warning">{registeredItself}</Badge> : null}
        <span className="line-clamp-2 text-sm text-muted">{detail}</span>
      </span>
      <ExternalLink aria-hidden className="size-4 shrink-0 text-muted" />
    </button>
  );
}
