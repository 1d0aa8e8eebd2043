'use client';

import { useState } from 'react';
import { EncounterPicker } from '#components/launch/encounter-picker.tsx';
import { ParameterFields } from '#components/launch/parameter-fields.tsx';
import { PatientChoice } from '#components/launch/patient-choice.tsx';
import { TypedParameters } from '#lib/smart/launch/parameters-form.ts';
import type { TypedScenario } from '#lib/smart/scenario/form.ts';
import type { InitialScenario } from './scenario-form-state.ts';

interface ScenarioContextProps {
  sandbox: string;
  initial: InitialScenario;
  fields: Readonly<Record<keyof TypedScenario, { initialValue: string | undefined; errors: string[] | undefined }>>;
}

/** The fields for the patient and encounter of a scenario, and for its further launch parameters. */
export function ScenarioContext({ sandbox, initial, fields }: ScenarioContextProps) {
  const [patient, setPatient] = useState(initial.patient ?? null);
  const [encounter, setEncounter] = useState(initial.encounter);
  const names = TypedParameters.keyof().options;
  const typed = Object.fromEntries(names.map((name) => [name, fields[name].initialValue]));
  const issues = Object.fromEntries(names.map((name) => [name, fields[name].errors?.[0]]));
  const count = Object.keys(initial.parameters).length;
  return (
    <>
      <PatientChoice
        sandbox={sandbox}
        preset={undefined}
        optional
        chosen={patient}
        onChoose={(item) => {
          setPatient(item);
          setEncounter(undefined);
        }}
      />
      {patient ? <input type="hidden" name="patient" value={patient.id} /> : null}
      {patient ? (
        <EncounterPicker
          key={patient.id}
          sandbox={sandbox}
          patientId={patient.id}
          required={false}
          initial={patient.id === initial.patient?.id ? initial.encounter : undefined}
          onChoose={setEncounter}
        />
      ) : null}
      {encounter ? <input type="hidden" name="encounter" value={encounter} /> : null}
      <fieldset className="flex flex-col gap-3 rounded-sm border border-line p-3">
        <legend className="px-1 text-sm font-medium">
          What else the app is told{count > 0 ? ` (${count})` : ', if anything'}
        </legend>
        <ParameterFields initial={typed} issues={issues} />
      </fieldset>
    </>
  );
}
