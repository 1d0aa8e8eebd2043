import { AskingApp } from '#components/consent/asking-app.tsx';
import { ConsentForm } from '#components/consent/consent-form.tsx';
import { DenyForm } from '#components/consent/deny-form.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { usualLifetimes } from '#lib/smart/client/token-lifetimes.ts';
import { containedIn } from '#lib/smart/scope/contained-scopes.ts';
import type { StepProps } from './step-props.ts';

type View = StepProps<'consent'>['view'];

export function ConsentStep({ here, view }: StepProps<'consent'>) {
  const { sandbox, client, member, patient, scopes, memory } = view;
  const reader = {
    ownRecord: isOwnRecord(view),
    offlineSeconds: client.refreshTokenLifetime ?? usualLifetimes.refreshToken,
  };
  return (
    <AskingApp app={client} sandbox={sandbox} title={isolating`Allow ${client.name}?`}>
      <p className="text-muted text-pretty">
        The app asks for access in the name of{' '}
        <strong className="text-ink">
          <bdi>{member.name}</bdi>
        </strong>
        <ForWhom member={member} patient={patient} />.
      </p>
      <RegisteredItself client={client} sandbox={sandbox.name} destination={view.destination} />
      <WhatIsNew {...view} />
      {scopes.length > 0 ? (
        <ConsentForm
          allow={`${here}/consent`}
          deny={`${here}/deny`}
          scopes={containedIn(scopes)}
          reader={reader}
          memory={memory}
        />
      ) : (
        <Callout tone="warning" title="Nothing of this can be allowed" actions={<DenyForm action={`${here}/deny`} />}>
          The app asks only for what your role, or a start without a patient, does not permit.
        </Callout>
      )}
    </AskingApp>
  );
}

interface RegisteredItselfProps {
  client: View['client'];
  sandbox: string;
  /** Where the app's answer goes, which it cannot make up. */
  destination: string;
}

/**
 * Warns of an app that registered itself: nobody has checked its name or description, which anyone can write.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-5
 */
function RegisteredItself({ client, sandbox, destination }: RegisteredItselfProps) {
  if (!client.dynamic) return null;
  return (
    <Callout tone="warning" title="This app registered itself">
      Its name and logo are its own word: nobody at <bdi>{sandbox}</bdi> has checked who made it. What you allow goes to{' '}
      <strong className="font-semibold break-words">
        <bdi>{destination}</bdi>
      </strong>
      .
    </Callout>
  );
}

/** Explains to a user whose answer was remembered why they are asked again. */
function WhatIsNew({ scopes, changed }: Pick<View, 'scopes' | 'changed'>) {
  const isNew = scopes.some(({ standing }) => standing === 'new');
  if (!isNew && !changed) return null;
  const title = isNew ? 'The app asks for more than before' : 'The app was changed';
  return (
    <Callout title={title}>
      {isNew ? 'What is new is marked. ' : ''}
      {changed ? 'An administrator, or the app itself, has changed its registration since your last answer. ' : ''}
      What you did not allow before has no tick.
    </Callout>
  );
}

/** Names the patient whose data the app will get, or says that it is the user's own record. */
function ForWhom({ member, patient }: Pick<View, 'member' | 'patient'>) {
  if (!patient) return null;
  if (isOwnRecord({ member, patient })) return ', for your own record';
  return (
    <>
      , for the patient{' '}
      <strong className="text-ink">
        <bdi>{summarizePatient(patient, new Date()).name}</bdi>
      </strong>
    </>
  );
}

function isOwnRecord({ member, patient }: Pick<View, 'member' | 'patient'>): boolean {
  return member.role === 'patient' && (!patient || member.fhirUser === `Patient/${patient.id}`);
}
