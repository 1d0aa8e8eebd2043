'use client';

import { Plus } from 'lucide-react';
import { useActionState, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/overlay/dialog.tsx';

/** The result of requesting a new initial access token. */
export interface NewTokenState extends FormState {
  /** Present only in this response; nobody can read it later. */
  token?: string | undefined;
}

type NewTokenAction = (state: NewTokenState, formData: FormData) => Promise<NewTokenState>;

const lifetimes = [
  { value: '1', label: 'Tomorrow' },
  { value: '30', label: 'In 30 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never', hint: 'It works until it is revoked' },
];

/** A dialog that makes an initial access token and shows it until it is closed. */
export function NewAccessToken({ action }: { action: NewTokenAction }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="New initial access token"
      trigger={{ label: 'New token', size: 'small', icon: <Plus aria-hidden /> }}
      open={open}
      onOpenChange={setOpen}
    >
      <NewTokenForm action={action} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function NewTokenForm({ action, onDone }: { action: NewTokenAction; onDone: () => void }) {
  const [state, submit] = useActionState(action, {});
  const { token, errors = {}, typed = {} } = state;
  const form = useFocusOnErrors(state.errors);
  if (token) return <TokenOnce token={token} onDone={onDone} />;
  return (
    <form ref={form} action={submit} className="flex min-h-0 flex-col">
      <DialogBody>
        <div className="flex flex-col gap-4">
          <TextField
            name="label"
            label="Label"
            required
            autoComplete="off"
            maxLength={100}
            defaultValue={typed.label}
            errors={errors.label}
            hint="Whom or what it is for, such as the team that gets it"
          />
          <RadioGroupField
            name="lifetime"
            label="Expires"
            options={lifetimes}
            defaultValue="30"
            errors={errors.lifetime}
          />
        </div>
      </DialogBody>
      <DialogFooter cancel="Cancel">
        <SubmitButton pendingLabel="Making…">Make token</SubmitButton>
      </DialogFooter>
    </form>
  );
}

function TokenOnce({ token, onDone }: { token: string; onDone: () => void }) {
  return (
    <>
      <DialogBody>
        <Callout tone="warning" role="status" title="Copy the token now">
          <p>It is not kept in a readable form and cannot be shown again. Whoever holds it can register apps.</p>
          <CopyableText value={token} label="initial access token" className="pt-1" />
        </Callout>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </>
  );
}
