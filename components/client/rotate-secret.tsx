'use client';

import { KeyRound } from 'lucide-react';
import { useActionState, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/overlay/dialog.tsx';
import { SecretOnce } from './secret-once.tsx';

/** The result of requesting a new secret. */
export interface RotatedSecret {
  clientSecret?: string | undefined;
  formError?: string | undefined;
}

interface RotateSecretProps {
  clientId: string;
  name: string;
  action: (state: RotatedSecret, formData: FormData) => Promise<RotatedSecret>;
}

/**
 * A button that replaces an app's secret after a confirmation, and shows the new one in the dialog until it is closed.
 */
export function RotateSecret({ clientId, name, action }: RotateSecretProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title={isolating`Replace the secret of ${name}`}
      trigger={{
        label: null,
        name: `Replace secret of ${name}`,
        variant: 'quiet',
        size: 'small',
        icon: <KeyRound aria-hidden />,
      }}
      open={open}
      onOpenChange={setOpen}
    >
      <RotateForm clientId={clientId} action={action} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function RotateForm({
  clientId,
  action,
  onDone,
}: Pick<RotateSecretProps, 'clientId' | 'action'> & { onDone: () => void }) {
  const [{ clientSecret, formError }, submit] = useActionState(action, {});
  if (clientSecret) {
    return (
      <>
        <DialogBody>
          <SecretOnce secret={clientSecret} />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onDone}>Done</Button>
        </DialogFooter>
      </>
    );
  }
  return (
    <form action={submit} className="flex flex-col">
      <input type="hidden" name="client_id" value={clientId} />
      <DialogBody>
        {formError ? (
          <Callout tone="danger" role="alert">
            {formError}
          </Callout>
        ) : null}
        <p className="text-muted">The present secret stops working at once; the new one is shown here, once.</p>
      </DialogBody>
      <DialogFooter cancel="Cancel">
        <SubmitButton>Replace secret</SubmitButton>
      </DialogFooter>
    </form>
  );
}
