'use client';

import { useActionState } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { useJudgedForm } from '#components/ui/form/use-judged-form.ts';
import { Panel } from '#components/ui/panel.tsx';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import { formSections } from '#lib/smart/client/registration-fields.ts';
import { registrationForm } from '#lib/smart/client/registration-form.ts';
import type { TypedRegistration } from '#lib/smart/client/typed-registration.ts';
import { ClientIdField } from './client-id-field.tsx';
import { FormIssues } from './form-issues.tsx';
import { RegisteredPanel } from './registered-panel.tsx';
import type { RegistrationState } from './registration-state.ts';
import { ScopeFields } from './scope-fields.tsx';
import { SectionFields } from './section-fields.tsx';

interface RegistrationFormProps {
  action: (state: RegistrationState, formData: FormData) => Promise<RegistrationState>;
  /** The initial values of the fields. */
  initial: TypedRegistration;
  /** This server's, where an app may use plain http. */
  origins: OwnOrigins;
  /** The list of registered apps. */
  listHref: string;
  submitLabel: string;
  /** The client_id of the app whose registration is changed; undefined for a new app. */
  registeredId?: string | undefined;
}

/**
 * The form that registers an app or changes its registration. It is validated here before it is sent, and again by the
 * action.
 */
export function RegistrationForm({
  action,
  initial,
  origins,
  listHref,
  submitLabel,
  registeredId,
}: RegistrationFormProps) {
  const [state, submit] = useActionState(action, {});
  const { form, fields, element } = useJudgedForm<TypedRegistration, ClientRegistration>({
    id: 'registration',
    schema: registrationForm(origins),
    initial,
    lastResult: state.result,
    submit,
  });
  const own = {
    clientId: <ClientIdField field={fields.clientId} registeredId={registeredId} />,
    scope: <ScopeFields fields={fields} />,
  };
  if (state.registered) return <RegisteredPanel app={state.registered} listHref={listHref} />;
  return (
    <form {...element} className="flex max-w-4xl flex-col gap-4">
      {form.status === 'error' ? <FormIssues fields={fields} /> : null}
      {formSections.map(({ id, title, fields: names }) => (
        <Panel key={id} id={id} title={title}>
          <SectionFields names={names} fields={fields} own={own} />
        </Panel>
      ))}
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Saving…">{submitLabel}</SubmitButton>
        <ButtonLink variant="secondary" href={listHref}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
