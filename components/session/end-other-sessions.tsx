import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';

/** A button that signs the user out in all other browsers, after a question. */
export function EndOtherSessions({ end }: { end: () => Promise<void> }) {
  return (
    <ConfirmDialog
      trigger={{
        label: 'Sign out everywhere else',
        name: 'Sign out everywhere else',
        variant: 'secondary',
        size: 'small',
      }}
      title="Sign out everywhere else?"
      confirmLabel="Sign out everywhere else"
      action={end}
    >
      Only this browser stays signed in. Apps that were opened in the others lose their access soon after, unless you
      allowed them to go on while you are away.
    </ConfirmDialog>
  );
}
