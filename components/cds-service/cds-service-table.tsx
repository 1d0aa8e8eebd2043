import { Stethoscope } from 'lucide-react';
import { Moment } from '#components/access/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import type { RegisteredService, ServiceActions } from './registered-service.ts';
import { ServiceDescription } from './service-description.tsx';
import { ServiceRowActions } from './service-row-actions.tsx';

interface CdsServiceTableProps {
  services: readonly RegisteredService[];
  actions: ServiceActions;
  now: Date;
}

/** The CDS services of a sandbox, with the outcome of their last calls. */
export function CdsServiceTable({ services, actions, now }: CdsServiceTableProps) {
  return (
    <DataTable
      caption="CDS services"
      columns={columnsOf(actions, now)}
      rows={services}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<Stethoscope aria-hidden />} title="No CDS service is registered">
          Add the address of one above; its cards then stand on the charts.
        </EmptyState>
      }
    />
  );
}

function columnsOf(actions: ServiceActions, now: Date): Column<RegisteredService>[] {
  return [
    {
      key: 'service',
      header: 'Service',
      className: 'sm:max-w-lg',
      cell: (service) => <ServiceDescription service={service} changeScope={actions.changeScope} />,
    },
    { key: 'hook', header: 'Hook', cell: ({ hook }) => <Badge tone="info">{hook}</Badge> },
    {
      key: 'last',
      header: 'Last call',
      className: 'sm:max-w-xs',
      cell: ({ lastCall }) => <LastCall call={lastCall} now={now} />,
    },
    {
      key: 'status',
      header: 'Status',
      cell: ({ enabled }) => <Badge tone={enabled ? 'success' : 'neutral'}>{enabled ? 'Enabled' : 'Disabled'}</Badge>,
    },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (service) => <ServiceRowActions service={service} actions={actions} />,
    },
  ];
}

function LastCall({ call, now }: { call: RegisteredService['lastCall']; now: Date }) {
  if (!call) return <span className="text-muted">Never</span>;
  return (
    <div className="text-sm">
      <p className="break-words">{call.outcome}</p>
      <p className="text-muted">
        <Moment at={call.at} now={now} />, {call.millis} ms
      </p>
    </div>
  );
}
