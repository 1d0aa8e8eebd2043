import { Trash2 } from 'lucide-react';
import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { EnableButton } from '#components/ui/table/enable-button.tsx';
import type { RegisteredService, ServiceActions } from './registered-service.ts';

interface ServiceRowActionsProps {
  service: RegisteredService;
  actions: ServiceActions;
}

/** The buttons that switch a CDS service on or off and that remove it. */
export function ServiceRowActions({ service: { id, title, hook, enabled }, actions }: ServiceRowActionsProps) {
  const name = `${title} (${hook})`;
  return (
    <div className="flex gap-1 sm:justify-end">
      <EnableButton
        name={name}
        enabled={enabled}
        enable={actions.enable}
        disable={actions.disable}
        field={{ name: 'service', value: id }}
      />
      <ConfirmDialog
        trigger={{ label: null, name: `Remove ${name}`, variant: 'quiet', size: 'small', icon: <Trash2 aria-hidden /> }}
        title={isolating`Remove ${name}?`}
        confirmLabel="Remove service"
        danger
        action={actions.remove}
        values={{ service: id }}
      >
        It is asked no more, and its tokens stop working at once.
      </ConfirmDialog>
    </div>
  );
}
