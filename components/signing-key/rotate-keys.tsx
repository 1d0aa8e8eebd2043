import { RotateCw } from 'lucide-react';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';

/** A button that replaces the signing keys after a confirmation. */
export function RotateKeys({ action }: { action: () => Promise<void> }) {
  return (
    <ConfirmDialog
      trigger={{ label: 'Rotate keys', icon: <RotateCw aria-hidden /> }}
      title="Rotate the signing keys?"
      confirmLabel="Rotate keys"
      action={action}
    >
      New keys sign from now on. The present ones stay published for a little over an hour, until the last id_token they
      signed has expired; apps that fetch the keys when they meet an unknown one notice nothing.
    </ConfirmDialog>
  );
}
