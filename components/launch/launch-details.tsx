import { DescriptionList } from '#components/ui/description-list.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Dialog, DialogBody, DialogFooter } from '#components/ui/overlay/dialog.tsx';
import { type LaunchRecord, originText, statusText } from './launch-record.ts';

/** A dialog with all parameters of a launch. */
export function LaunchDetails({ launch }: { launch: LaunchRecord }) {
  const { client, origin, createdBy, status, createdAt, expiresAt, parameters } = launch;
  const from = createdBy ? `${originText[origin]}, by ${createdBy.name ?? createdBy.clientId}` : originText[origin];
  return (
    <Dialog
      wide
      title={isolating`Launch of ${client.name}`}
      trigger={{ label: 'Details', name: `Details of the launch of ${client.name}`, variant: 'quiet', size: 'small' }}
    >
      <DialogBody>
        <DescriptionList
          items={[
            { term: 'Status', description: statusText[status] },
            { term: 'From', description: from },
            { term: 'Made', description: exact(createdAt) },
            { term: 'Valid until', description: exact(expiresAt) },
            { term: 'Patient', description: launch.patient?.name ?? launch.patient?.id ?? 'None' },
          ]}
        />
        <section aria-label="Parameters" className="flex flex-col gap-1">
          <h3 className="text-sm font-medium">Parameters</h3>
          <pre className="overflow-x-auto rounded-sm border border-line bg-sunken p-3 font-mono text-sm">
            {JSON.stringify(parameters, null, 2)}
          </pre>
        </section>
      </DialogBody>
      <DialogFooter cancel="Close">{null}</DialogFooter>
    </Dialog>
  );
}

function exact(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace(/\..*/, ' UTC');
}
