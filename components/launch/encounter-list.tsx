import type { PatientSummary } from '#components/patient/patient-summary.ts';
import type { EncounterChoice } from '#components/record/encounter-choice.ts';
import { facts, RecordList } from '#components/record/record-list.tsx';
import { EncounterLaunch } from './encounter-launch.tsx';
import type { LaunchableApp } from './launchable-app.ts';

interface EncounterListProps {
  sandbox: string;
  patient: PatientSummary;
  encounters: readonly EncounterChoice[];
  apps: readonly LaunchableApp[];
}

/** The patient's encounters, newest first, each with a menu that launches an app with it. */
export function EncounterList({ sandbox, patient, encounters, apps }: EncounterListProps) {
  const usable = apps.filter(({ needs }) => needs !== 'none');
  const rows = encounters.map((encounter) => ({
    key: encounter.id,
    title: encounter.reason || encounter.kind,
    detail: facts(encounter.date, encounter.kind, encounter.status !== 'finished' && encounter.status),
    aside:
      usable.length > 0 ? (
        <EncounterLaunch sandbox={sandbox} patientId={patient.id} encounter={encounter} apps={usable} />
      ) : null,
  }));
  return <RecordList id="encounters" title="Encounters" empty="No encounters recorded" rows={rows} />;
}
