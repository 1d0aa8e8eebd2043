import { Pencil, Trash2 } from 'lucide-react';
import { ButtonLink } from '#components/ui/button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { EnableButton } from '#components/ui/table/enable-button.tsx';
import type { RegisteredClient } from './registered-client.ts';
import { type RotatedSecret, RotateSecret } from './rotate-secret.tsx';

/** The server actions for an app; each takes `client_id` from a form. */
export interface ClientActions {
  enable: (formData: FormData) => Promise<void>;
  disable: (formData: FormData) => Promise<void>;
  remove: (formData: FormData) => Promise<void>;
  rotateSecret: (state: RotatedSecret, formData: FormData) => Promise<RotatedSecret>;
}

interface RowActionsProps {
  sandbox: string;
  client: RegisteredClient;
  actions: ClientActions;
}

/** The buttons at the end of an app's row; each accessible name says what it does and to which app. */
export function RowActions({ sandbox, client, actions }: RowActionsProps) {
  const { clientId, name, type, enabled } = client;
  return (
    <div className="flex items-center gap-1">
      <ButtonLink
        variant="quiet"
        size="small"
        href={`/${sandbox}/admin/apps/${clientId}/edit`}
        aria-label={`Edit ${name}`}
        title="Edit"
        icon={<Pencil aria-hidden />}
      >
        {null}
      </ButtonLink>
      <EnableButton
        name={name}
        enabled={enabled}
        enable={actions.enable}
        disable={actions.disable}
        field={{ name: 'client_id', value: clientId }}
      />
      {type === 'secret' ? (
        <RotateSecret clientId={clientId} name={name} action={actions.rotateSecret} />
      ) : (
        // Takes the place of the missing button, so that the buttons of all rows are aligned.
        <span className="w-9 max-lg:hidden" />
      )}
      <ConfirmDialog
        trigger={{ label: null, name: `Delete ${name}`, variant: 'quiet', size: 'small', icon: <Trash2 aria-hidden /> }}
        title={isolating`Delete ${name}?`}
        confirmLabel="Delete app"
        danger
        action={actions.remove}
        values={{ client_id: clientId }}
      >
        Its registration, launches and tokens are removed. It stops working at once, and this cannot be undone.
      </ConfirmDialog>
    </div>
  );
}
