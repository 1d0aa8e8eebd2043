import type { ReactNode } from 'react';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import type { RevokeAction } from './granted-access.ts';

interface RevokeButtonProps {
  /** The word on the button, and its whole accessible name. */
  label: string;
  name: string;
  title: ReactNode;
  revoke: RevokeAction;
  /** The fields of the form: `grant_id` or `client_id`. */
  values: Readonly<Record<string, string>>;
  children: ReactNode;
}

/** A button that ends access after a confirmation. */
export function RevokeButton({ label, name, title, revoke, values, children }: RevokeButtonProps) {
  return (
    <ConfirmDialog
      trigger={{ label, name, variant: 'secondary', size: 'small' }}
      title={title}
      confirmLabel={label}
      danger
      action={revoke}
      values={values}
    >
      {children}
    </ConfirmDialog>
  );
}
