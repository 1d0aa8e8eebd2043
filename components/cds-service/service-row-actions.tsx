import { Power, PowerOff, Trash2 } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import type { RegisteredService, ServiceActions } from './registered-service.ts';

interface ServiceRowActionsProps {
  service: RegisteredService;
  actions: ServiceActions;
}

/** The buttons that switch a CDS service on or off and that remove it. */
export function ServiceRowActions({ service: { id, title, hook, enabled }, actions }: ServiceRowActionsProps) {
  const verb = enabled ? 'Disable' : 'Enable';
  const name = `${title} (${hook})`;
  return (
    <div className="flex gap-1 sm:justify-end">
      <form action={enabled ? actions.disable : actions.enable}>
        <input type="hidden" name="service" value={id} />
        <Button
          type="submit"
          variant="quiet"
          size="small"
          aria-label={`${verb} ${name}`}
          title={verb}
          icon={enabled ? <PowerOff aria-hidden /> : <Power aria-hidden />}
        />
      </form>
      <ConfirmDialog
        trigger={{ label: null, name: `Remove ${name}`, variant: 'quiet', size: 'small', icon: <Trash2 aria-hidden /> }}
        title={`Remove ${name}?`}
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
