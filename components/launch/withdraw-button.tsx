import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import type { LaunchRecord } from './launch-record.ts';

interface WithdrawButtonProps {
  launch: LaunchRecord;
  withdraw: (formData: FormData) => Promise<void>;
}

/** A button that withdraws an unused launch after a confirmation. */
export function WithdrawButton({ launch: { launchHash, client, patient }, withdraw }: WithdrawButtonProps) {
  const about = patient ? ` for ${patient.name ?? `patient ${patient.id}`}` : '';
  return (
    <ConfirmDialog
      trigger={{
        label: 'Withdraw',
        name: `Withdraw the launch of ${client.name}${about}`,
        variant: 'secondary',
        size: 'small',
      }}
      title={isolating`Withdraw the launch of ${client.name}${about}?`}
      confirmLabel="Withdraw"
      danger
      action={withdraw}
      values={{ launch: launchHash }}
    >
      The app cannot use it any more and must be started again.
    </ConfirmDialog>
  );
}
