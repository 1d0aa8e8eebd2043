'use client';

import { ExternalLink } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import { Button } from '#components/ui/button.tsx';
import { DialogBody, DialogFooter } from '#components/ui/overlay/dialog.tsx';
import { EncounterPicker } from './encounter-picker.tsx';
import type { PatientItem } from './find-choices.ts';
import { LaunchForm } from './launch-form.tsx';
import type { LaunchableApp } from './launchable-app.ts';
import { MoreParameters } from './more-parameters.tsx';
import { PatientChoice } from './patient-choice.tsx';
import { useTypedParameters } from './use-typed-parameters.ts';

interface LaunchChoicesProps {
  /** Slug of the sandbox. */
  sandbox: string;
  app: Pick<LaunchableApp, 'clientId' | 'needs' | 'launchDefaults'>;
  patient: PatientSummary | undefined;
  onLaunch: () => void;
}

/** The form of a launch dialog: the patient and encounter, further parameters, and the button that launches the app. */
export function LaunchChoices({ sandbox, app, patient, onLaunch }: LaunchChoicesProps) {
  const [chosen, setChosen] = useState<PatientItem | null>(patient ? { ...patient, label: patient.name } : null);
  const [encounter, setEncounter] = useState<string>();
  const typed = useTypedParameters();
  const required = app.needs === 'encounter';
  const send = (event: FormEvent<HTMLFormElement>) => {
    if (!typed.judge(event)) return;
    // Waits until the form has been sent, because closing the dialog removes it from the page.
    setTimeout(onLaunch);
  };
  return (
    <LaunchForm
      sandbox={sandbox}
      clientId={app.clientId}
      patient={chosen?.id}
      encounter={encounter}
      onSubmit={send}
      className="flex min-h-0 flex-col"
    >
      <DialogBody>
        <PatientChoice
          sandbox={sandbox}
          preset={patient}
          optional={app.needs === 'none'}
          chosen={chosen}
          onChoose={(item) => {
            setChosen(item);
            setEncounter(undefined);
          }}
        />
        {chosen ? (
          <EncounterPicker
            key={chosen.id}
            sandbox={sandbox}
            patientId={chosen.id}
            required={required}
            onChoose={setEncounter}
          />
        ) : null}
        <MoreParameters defaults={app.launchDefaults ?? {}} typed={typed} />
      </DialogBody>
      <DialogFooter cancel="Cancel">
        <Button
          type="submit"
          disabled={!isEnough(app.needs, chosen?.id, encounter)}
          icon={<ExternalLink aria-hidden />}
        >
          Launch in new tab
        </Button>
      </DialogFooter>
    </LaunchForm>
  );
}

function isEnough(needs: LaunchableApp['needs'], patient: string | undefined, encounter: string | undefined): boolean {
  if (needs === 'none') return true;
  return patient !== undefined && (needs === 'patient' || encounter !== undefined);
}
