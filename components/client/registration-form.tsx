'use client';

import { useActionState } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { useJudgedForm } from '#components/ui/form/use-judged-form.ts';
import { Panel } from '#components/ui/panel.tsx';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import { registrationForm, type TypedRegistration } from '#lib/smart/client/registration-form.ts';
import { AppFields } from './app-fields.tsx';
import { LaunchFields } from './launch-fields.tsx';
import { Mistakes } from './mistakes.tsx';
import { ProofFields } from './proof-fields.tsx';
import { RegisteredPanel } from './registered-panel.tsx';
import type { RegistrationState } from './registration-state.ts';
import { ScopeFields } from './scope-fields.tsx';
import { StandingFields } from './standing-fields.tsx';

interface RegistrationFormProps {
  action: (state: RegistrationState, formData: FormData) => Promise<RegistrationState>;
  /** What the form starts with. */
  initial: TypedRegistration;
  /** This server's origin, where an app may use plain http. */
  origin: string;
  /** The list of registered apps. */
  listHref: string;
  submitLabel: string;
  /** Set when a registered app is changed. */
  registeredId?: string | undefined;
}

/** Registers an app or changes its registration. Judged here before it is sent, and again by the action. */
export function RegistrationForm({
  action,
  initial,
  origin,
  listHref,
  submitLabel,
  registeredId,
}: RegistrationFormProps) {
  const [state, submit] = useActionState(action, {});
  const { form, fields, element } = useJudgedForm<TypedRegistration, ClientRegistration>({
    id: 'registration',
    schema: registrationForm(origin),
    initial,
    lastResult: state.result,
    submit,
  });
  if (state.registered) return <RegisteredPanel app={state.registered} listHref={listHref} />;
  return (
    <form {...element} className="flex max-w-4xl flex-col gap-4">
      {form.status === 'error' ? <Mistakes fields={fields} /> : null}
      <Panel id="app" title="The app">
        <AppFields fields={fields} registeredId={registeredId} />
      </Panel>
      <Panel id="launch" title="Launch">
        <LaunchFields fields={fields} />
      </Panel>
      <Panel id="proof" title="How it proves who it is">
        <ProofFields fields={fields} />
      </Panel>
      <Panel id="scopes" title="What it may ask for">
        <ScopeFields fields={fields} />
      </Panel>
      <Panel id="standing" title="How this sandbox treats it">
        <StandingFields fields={fields} />
      </Panel>
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Saving…">{submitLabel}</SubmitButton>
        <ButtonLink variant="secondary" href={listHref}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
