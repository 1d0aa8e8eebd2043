import { DecisionSupport } from '#components/cds/decision-support.tsx';
import { OrderForm } from '#components/cds/order-form.tsx';
import { StartEncounter } from '#components/cds/start-encounter.tsx';
import { EncounterList } from '#components/launch/encounter-list.tsx';
import type { LaunchableApp } from '#components/launch/launchable-app.ts';
import { PatientApps } from '#components/launch/patient-apps.tsx';
import { PatientBanner } from '#components/patient/patient-banner.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { encounterChoices } from '#components/record/encounter-choice.ts';
import type { PatientRecord } from '#lib/fhir/patient-record.ts';
import { summarizeAllergies } from './allergies.ts';
import { AllergyList } from './allergy-list.tsx';
import { CareTeamList } from './care-team-list.tsx';
import { DocumentList } from './document-list.tsx';
import { ImmunizationList } from './immunization-list.tsx';
import { LabsPanel } from './labs-panel.tsx';
import { MedicationList } from './medication-list.tsx';
import { ProblemList } from './problem-list.tsx';
import { VitalsPanel } from './vitals-panel.tsx';

interface ChartViewProps {
  /** Slug of the sandbox. */
  sandbox: string;
  record: PatientRecord;
  apps: readonly LaunchableApp[];
  /** Hooks for which some CDS service is asked. */
  hooks: readonly string[];
  /** Whether the person may write into the record. */
  writes: boolean;
  now: Date;
}

/** A patient's whole record on one page: the banner, apps within one click, then the sections. */
export function ChartView({ sandbox, record, apps, hooks, writes, now }: ChartViewProps) {
  const patient = summarizePatient(record.patient, now);
  const encounters = encounterChoices(record.encounters);
  return (
    <main id="main" className="flex-1">
      <PatientBanner patient={patient} allergies={summarizeAllergies(record.allergies)} />
      <div className="mx-auto grid max-w-[100rem] gap-4 px-4 py-4 sm:px-6 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-2">
          <PatientApps sandbox={sandbox} patient={patient} apps={apps} latestEncounter={encounters[0]} />
          <AllergyList allergies={record.allergies} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          {hooks.includes('patient-view') ? <DecisionSupport sandbox={sandbox} patientId={patient.id} /> : null}
          <div className="grid items-start gap-4 md:grid-cols-2">
            <ProblemList conditions={record.conditions} />
            <MedicationList requests={record.medications} />
          </div>
          {writes ? <OrderForm sandbox={sandbox} patientId={patient.id} /> : null}
          <VitalsPanel observations={record.vitals} birthDate={patient.birthDate} now={now.toISOString()} />
          <LabsPanel observations={record.labs} reports={record.reports} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-2">
          {writes ? <StartEncounter sandbox={sandbox} patientId={patient.id} /> : null}
          <EncounterList sandbox={sandbox} patient={patient} encounters={encounters} apps={apps} />
          <ImmunizationList immunizations={record.immunizations} />
          <DocumentList documents={record.documents} />
          <CareTeamList teams={record.careTeams} />
        </div>
      </div>
    </main>
  );
}
