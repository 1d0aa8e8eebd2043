'use client';

import { PatientFacts } from '#components/patient/patient-facts.tsx';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import { Combobox } from '#components/ui/form/combobox.tsx';
import { fetchPatients, type PatientItem } from './find-choices.ts';

interface PatientChoiceProps {
  /** Slug of the sandbox. */
  sandbox: string;
  /** The patient, when there is no choice. */
  preset: PatientSummary | undefined;
  /** Whether the launch may have no patient. */
  optional: boolean;
  chosen: PatientItem | null;
  onChoose: (item: PatientItem | null) => void;
}

/** The patient of a launch: found by name or record number, or preset. */
export function PatientChoice({ sandbox, preset, optional, chosen, onChoose }: PatientChoiceProps) {
  if (preset) return <PatientFacts patient={preset} />;
  return (
    <Combobox
      label={optional ? 'Patient, if any' : 'Patient'}
      noun="patients"
      placeholder="Name or MRN"
      search={(text, signal) => fetchPatients(sandbox, text, signal)}
      value={chosen}
      onValueChange={onChoose}
      row={(item) => <PatientFacts patient={item} />}
    />
  );
}
