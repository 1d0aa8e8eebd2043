'use client';

import { KeyRound } from 'lucide-react';
import { useActionState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { FormOutcome } from '#components/ui/form/form-outcome.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import type { ResetState } from './member-state.ts';

interface ResetPasswordProps {
  name: string;
  action: (state: ResetState, formData: FormData) => Promise<ResetState>;
}

/** The button that gives a member a generated password, which is shown once, or the reason why it did not. */
export function ResetPassword({ name, action }: ResetPasswordProps) {
  const [{ password, refusal }, submit] = useActionState(action, {});
  if (password) return <NewPassword name={name} password={password} />;
  return (
    <div className="flex flex-col items-start gap-3">
      {refusal ? (
        <Callout tone="danger" role="alert" title="The password was not reset">
          {refusal}
        </Callout>
      ) : null}
      <p className="text-muted">
        For somebody who has forgotten the password, or whose password others know. They get a new one from you.
      </p>
      <ConfirmDialog
        trigger={{
          label: 'Reset password',
          name: `Reset password of ${name}`,
          variant: 'secondary',
          icon: <KeyRound aria-hidden />,
        }}
        title={isolating`Reset the password of ${name}?`}
        confirmLabel="Reset password"
        danger
        action={submit}
      >
        They are signed out everywhere, and all apps that they allowed lose access at once. You get a password to hand
        over, which they must change when they sign in.
      </ConfirmDialog>
    </div>
  );
}

function NewPassword({ name, password }: { name: string; password: string }) {
  return (
    <FormOutcome>
      <Callout tone="success" role="status" title={isolating`${name} has a new password`}>
        <p>Copy it now. It cannot be shown again.</p>
        <p>
          Password <CopyableText label="password" value={password} />
        </p>
      </Callout>
    </FormOutcome>
  );
}
