'use client';

import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { PatientFacts } from '#components/patient/patient-facts.tsx';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import { Button, type ButtonLook } from '#components/ui/button.tsx';
import { Combobox } from '#components/ui/combobox.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/dialog.tsx';
import { EncounterPicker } from './encounter-picker.tsx';
import { fetchPatients, type PatientItem } from './launch-choices.ts';
import { LaunchForm } from './launch-form.tsx';
import type { LaunchableApp } from './launchable-app.ts';

interface LaunchDialogProps extends ButtonLook {
  /** Slug of the sandbox. */
  sandbox: string;
  app: Pick<LaunchableApp, 'clientId' | 'name' | 'needs'>;
  /** Preset, for launching from a patient's own page. */
  patient?: PatientSummary | undefined;
}

/** A launch button whose dialog asks for the patient, and the encounter where the app needs or may use one. */
export function LaunchDialog({ sandbox, app, patient, variant, size }: LaunchDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={`Launch ${app.name}`}
      description="It opens in a new tab and sees what you choose here."
      trigger={{ label: 'Launch', name: `Launch ${app.name}`, icon: <ExternalLink aria-hidden />, variant, size }}
    >
      <LaunchChoices sandbox={sandbox} app={app} patient={patient} onLaunch={() => setOpen(false)} />
    </Dialog>
  );
}

type LaunchChoicesProps = Pick<LaunchDialogProps, 'sandbox' | 'app' | 'patient'> & { onLaunch: () => void };

function LaunchChoices({ sandbox, app, patient, onLaunch }: LaunchChoicesProps) {
  const [chosen, setChosen] = useState<PatientItem | null>(patient ? { ...patient, label: patient.name } : null);
  const [encounter, setEncounter] = useState<string>();
  const required = app.needs === 'encounter';
  const ready = chosen !== null && (!required || encounter !== undefined);
  return (
    <>
      <DialogBody>
        {patient ? (
          <PatientFacts patient={patient} />
        ) : (
          <Combobox
            label="Patient"
            noun="patients"
            placeholder="Name or MRN"
            search={(text, signal) => fetchPatients(sandbox, text, signal)}
            value={chosen}
            onValueChange={(item) => {
              setChosen(item);
              setEncounter(undefined);
            }}
            row={(item) => <PatientFacts patient={item} />}
          />
        )}
        {chosen ? (
          <EncounterPicker
            key={chosen.id}
            sandbox={sandbox}
            patientId={chosen.id}
            required={required}
            onChoose={setEncounter}
          />
        ) : null}
      </DialogBody>
      <DialogFooter cancel="Cancel">
        <LaunchForm
          sandbox={sandbox}
          clientId={app.clientId}
          patient={chosen?.id}
          encounter={encounter}
          // The form must have been sent before closing the dialog removes it from the page.
          onSubmit={() => setTimeout(onLaunch)}
        >
          <Button type="submit" disabled={!ready} icon={<ExternalLink aria-hidden />}>
            Launch in new tab
          </Button>
        </LaunchForm>
      </DialogFooter>
    </>
  );
}
