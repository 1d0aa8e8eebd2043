'use client';

import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { PatientSummary } from '#components/patient/patient-summary.ts';
import type { ButtonLook } from '#components/ui/button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { LaunchChoices } from './launch-choices.tsx';
import type { LaunchableApp } from './launchable-app.ts';

interface LaunchDialogProps extends ButtonLook {
  /** Slug of the sandbox. */
  sandbox: string;
  app: Pick<LaunchableApp, 'clientId' | 'name' | 'needs' | 'launchDefaults'>;
  /** The preset patient, when launching from a patient's chart. */
  patient?: PatientSummary | undefined;
  /** Whether it stands beside a button that launches at once. */
  beside?: boolean | undefined;
}

/** A launch button whose dialog asks for the patient, the encounter and further parameters. */
export function LaunchDialog({ sandbox, app, patient, beside, variant, size }: LaunchDialogProps) {
  const [open, setOpen] = useState(false);
  const [label, name] = beside ? ['With…', `Launch with more context: ${app.name}`] : ['Launch', `Launch ${app.name}`];
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={isolating`Launch ${app.name}`}
      description="It opens in a new tab and sees what you choose here."
      trigger={{ label, name, icon: beside ? null : <ExternalLink aria-hidden />, variant, size }}
    >
      <LaunchChoices sandbox={sandbox} app={app} patient={patient} onLaunch={() => setOpen(false)} />
    </Dialog>
  );
}
