import { AskingApp } from '#components/consent/asking-app.tsx';
import { ConsentForm } from '#components/consent/consent-form.tsx';
import { DenyForm } from '#components/consent/deny-form.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { Callout } from '#components/ui/callout.tsx';
import type { StepProps } from './step-props.ts';

export function ConsentStep({ here, view: { sandbox, client, account, patient, scopes } }: StepProps<'consent'>) {
  return (
    <AskingApp app={client} sandbox={sandbox.name} title={`Allow ${client.name}?`}>
      <p className="text-muted text-pretty">
        {client.name} asks for access in the name of <strong className="text-ink">{account.name}</strong>
        <ForWhom account={account} patient={patient} />.
      </p>
      {scopes.length > 0 ? (
        <ConsentForm allow={`${here}/consent`} deny={`${here}/deny`} scopes={scopes} />
      ) : (
        <Callout tone="warning" title="Nothing of this can be allowed" actions={<DenyForm action={`${here}/deny`} />}>
          The app asks only for what your role, or a start without a patient, does not permit.
        </Callout>
      )}
    </AskingApp>
  );
}

/** Patients open apps for themselves, and need not be told who they are twice. */
function ForWhom({ account, patient }: Pick<StepProps<'consent'>['view'], 'account' | 'patient'>) {
  if (!patient) return null;
  if (account.fhirUser === `Patient/${patient.id}`) return ', for your own record';
  return (
    <>
      , for the patient <strong className="text-ink">{summarizePatient(patient, new Date()).name}</strong>
    </>
  );
}
