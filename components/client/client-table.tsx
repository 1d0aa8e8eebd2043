import { AppWindow, ExternalLink } from 'lucide-react';
import { AppCell } from '#components/access/app-cell.tsx';
import { LaunchButton } from '#components/launch/launch-button.tsx';
import { registeredItself } from '#components/launch/launchable-app.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import { type ClientActions, RowActions } from './client-row-actions.tsx';
import { needsText, type RegisteredClient, typeText } from './registered-client.ts';

interface ClientTableProps {
  /** Slug of the sandbox. */
  sandbox: string;
  clients: readonly RegisteredClient[];
  actions: ClientActions;
}

/** The registered apps, each with its state, its launch button and its actions. */
export function ClientTable({ sandbox, clients, actions }: ClientTableProps) {
  const columns: Column<RegisteredClient>[] = [
    {
      key: 'app',
      header: 'App',
      className: 'sm:min-w-44 sm:max-w-md lg:min-w-56',
      cell: (client) => <AppCell client={client} />,
    },
    { key: 'type', header: 'Client type', cell: (client) => typeText[client.type] },
    { key: 'needs', header: 'Needs', cell: (client) => needsText[client.needs] },
    { key: 'status', header: 'Status', cell: (client) => <Status client={client} /> },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (client) => (
        <div className="flex flex-wrap items-center gap-1 max-sm:pt-1 sm:justify-end lg:flex-nowrap">
          <Launch sandbox={sandbox} client={client} />
          <RowActions sandbox={sandbox} client={client} actions={actions} />
        </div>
      ),
    },
  ];
  return (
    <DataTable
      caption="Registered SMART apps"
      columns={columns}
      rows={clients}
      rowKey={({ clientId }) => clientId}
      empty={
        <EmptyState
          icon={<AppWindow aria-hidden />}
          title="No app is registered in this sandbox"
          actions={<ButtonLink href={`/${sandbox}/admin/apps/new`}>Register a SMART app</ButtonLink>}
        >
          Registered apps can be launched from here, from the app gallery and from a patient’s chart.
        </EmptyState>
      }
    />
  );
}

function Status({ client: { enabled, trusted, dynamic, launchUri } }: { client: RegisteredClient }) {
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={enabled ? 'success' : 'neutral'}>{enabled ? 'Enabled' : 'Disabled'}</Badge>
      {trusted ? <Badge tone="info">Trusted</Badge> : null}
      {dynamic ? <Badge>{registeredItself}</Badge> : null}
      {launchUri ? null : <Badge>No launch URI</Badge>}
    </span>
  );
}

/** The launch button of a row; disabled, with the reason, when the app cannot be launched. */
function Launch({ sandbox, client }: { sandbox: string; client: RegisteredClient }) {
  const refusal = refusalOf(client);
  if (!refusal) return <LaunchButton sandbox={sandbox} app={client} size="small" />;
  return (
    <Button
      size="small"
      disabled
      title={refusal}
      aria-label={`Launch ${client.name}: ${refusal}`}
      icon={<ExternalLink aria-hidden />}
    >
      Launch
    </Button>
  );
}

function refusalOf({ enabled, launchUri }: RegisteredClient): string | undefined {
  if (!enabled) return 'not while it is disabled';
  return launchUri ? undefined : 'it has no launch URI';
}
