'use client';

import { useActionState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';

/** The result of changing who may register apps. */
export interface ModeState extends FormState {
  saved?: RegistrationMode | undefined;
}

interface ModeFormProps {
  mode: RegistrationMode;
  action: (state: ModeState, formData: FormData) => Promise<ModeState>;
}

const options = [
  { value: 'off', label: 'Off', hint: 'Only administrators register apps. The endpoint is not announced.' },
  {
    value: 'token',
    label: 'With an initial access token',
    hint: 'Whoever holds one of the tokens below registers apps, backend services with system/ scopes among them.',
  },
  {
    value: 'open',
    label: 'Open',
    hint: 'Everybody who reaches this server registers apps, web pages too, but none with system/ scopes.',
  },
];

const outcome: Record<RegistrationMode, string> = {
  off: 'Apps can no longer register themselves',
  token: 'Apps with an initial access token can register themselves',
  open: 'Every app can register itself',
};

/** The form that sets who may register apps dynamically. */
export function ModeForm({ mode, action }: ModeFormProps) {
  const [{ saved, errors = {} }, submit] = useActionState(action, {});
  return (
    <form action={submit} className="flex flex-col gap-4">
      {saved ? <Callout tone="success" role="status" title={outcome[saved]} /> : null}
      <RadioGroupField
        key={mode}
        name="registration"
        label="Who may register apps by the protocol"
        options={options}
        defaultValue={mode}
        errors={errors.registration}
      />
      <p className="max-w-prose text-muted">
        Apps that registered themselves are never trusted: people are asked before they get anything. At most 1,000 of
        them fit into a sandbox.
      </p>
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
    </form>
  );
}
