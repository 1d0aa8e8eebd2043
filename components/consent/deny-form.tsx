import { Button } from '#components/ui/button.tsx';

/** A button that sends the user back to the app without access. */
export function DenyForm({ action, label = 'Cancel' }: { action: string; label?: string }) {
  return (
    <form method="post" action={action}>
      <Button type="submit" variant="secondary">
        {label}
      </Button>
    </form>
  );
}
