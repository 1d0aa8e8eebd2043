import { Power, PowerOff, Stethoscope, Trash2 } from 'lucide-react';
import { Moment } from '#components/access/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import { ScopeForm, type ScopeState } from './scope-form.tsx';

/** A CDS service as administrators see it. */
interface RegisteredService {
  id: string;
  discoveryUrl: string;
  serviceId: string;
  hook: string;
  title: string;
  description: string;
  prefetch: Record<string, string>;
  usage: string;
  scope: string;
  enabled: boolean;
  lastCall?: { at: Date; millis: number; outcome: string };
}

/** Server actions that take `service` from a form. */
interface ServiceActions {
  enable: (formData: FormData) => Promise<void>;
  disable: (formData: FormData) => Promise<void>;
  remove: (formData: FormData) => Promise<void>;
  changeScope: (state: ScopeState, formData: FormData) => Promise<ScopeState>;
}

interface ServiceTableProps {
  services: readonly RegisteredService[];
  actions: ServiceActions;
  now: Date;
}

/** The CDS services of a sandbox, and how their last calls ended. */
export function ServiceTable({ services, actions, now }: ServiceTableProps) {
  const columns: Column<RegisteredService>[] = [
    {
      key: 'service',
      header: 'Service',
      className: 'sm:max-w-lg',
      cell: (service) => <About service={service} actions={actions} />,
    },
    { key: 'hook', header: 'Hook', cell: ({ hook }) => <Badge tone="info">{hook}</Badge> },
    {
      key: 'last',
      header: 'Last call',
      className: 'sm:max-w-xs',
      cell: (service) => <LastCall service={service} now={now} />,
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
      cell: (service) => <RowActions service={service} actions={actions} />,
    },
  ];
  return (
    <DataTable
      caption="CDS services"
      columns={columns}
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

type RowProps = { service: RegisteredService; actions: ServiceActions };

function About({ service, actions }: RowProps) {
  const { title, description, discoveryUrl, serviceId, prefetch, usage } = service;
  const templates = Object.entries(prefetch);
  return (
    <div className="min-w-0 py-1">
      <p className="font-medium break-words">{title}</p>
      <p className="font-mono text-sm break-all text-muted">{`${discoveryUrl}/${serviceId}`}</p>
      <p className="text-sm break-words text-muted">{description}</p>
      <details className="pt-1">
        <summary className="text-sm font-medium text-accent-text">Prefetch and scopes</summary>
        <div className="flex flex-col gap-3 pt-2">
          {usage ? <p className="text-sm text-muted">{usage}</p> : null}
          {templates.length === 0 ? <p className="text-sm text-muted">It asks for no prefetch.</p> : null}
          <dl className="flex flex-col gap-1 text-sm">
            {templates.map(([key, template]) => (
              <div key={key}>
                <dt className="font-medium">{key}</dt>
                <dd className="font-mono break-all text-muted">{template}</dd>
              </div>
            ))}
          </dl>
          <ScopeForm service={service} action={actions.changeScope} />
        </div>
      </details>
    </div>
  );
}

function LastCall({ service: { lastCall }, now }: { service: RegisteredService; now: Date }) {
  if (!lastCall) return <span className="text-muted">Never</span>;
  return (
    <div className="text-sm">
      <p className="break-words">{lastCall.outcome}</p>
      <p className="text-muted">
        <Moment at={lastCall.at} now={now} />, {lastCall.millis} ms
      </p>
    </div>
  );
}

function RowActions({ service: { id, title, hook, enabled }, actions }: RowProps) {
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
