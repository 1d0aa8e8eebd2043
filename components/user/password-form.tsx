'use client';

import { useActionState } from 'react';
import { buttonClass } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CheckboxField } from '#components/ui/form/checkbox-field.tsx';
import { FormOutcome } from '#components/ui/form/form-outcome.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import type { PasswordState } from './password-state.ts';

interface PasswordFormProps {
  action: (state: PasswordState, formData: FormData) => Promise<PasswordState>;
  username: string;
  /** The rules for the new password. */
  rules: string;
  /** Where the user goes on afterwards. */
  onward: string;
}

/** The form for changing the own password. */
export function PasswordForm({ action, username, rules, onward }: PasswordFormProps) {
  const [state, submit] = useActionState(action, {});
  const { errors = {}, changed } = state;
  const form = useFocusOnErrors(state.errors);
  if (changed) return <Changed onward={onward} />;
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      <input type="text" name="username" autoComplete="username" defaultValue={username} hidden readOnly />
      <TextField
        label="Present password"
        name="current"
        type="password"
        autoComplete="current-password"
        maxLength={1000}
        required
        errors={errors.current}
      />
      <TextField
        label="New password"
        name="chosen"
        type="password"
        autoComplete="new-password"
        required
        hint={rules}
        errors={errors.chosen}
      />
      <TextField
        label="New password again"
        name="again"
        type="password"
        autoComplete="new-password"
        required
        errors={errors.again}
      />
      <CheckboxField
        label="End the access of all apps too"
        name="ends_access"
        hint="Tick this if somebody else may know the password: they may have let in an app"
      />
      <div>
        <SubmitButton pendingLabel="Changing…">Change password</SubmitButton>
      </div>
    </form>
  );
}

function Changed({ onward }: { onward: string }) {
  return (
    <FormOutcome>
      <Callout
        tone="success"
        role="status"
        title="Your password is changed"
        actions={
          // A plain link: an authorization request goes on only once, and Next's Link would request it in advance.
          <a href={onward} className={buttonClass({ size: 'small', variant: 'secondary' })}>
            Continue
          </a>
        }
      >
        You are signed out everywhere else.
      </Callout>
    </FormOutcome>
  );
}
