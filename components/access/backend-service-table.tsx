import { isolating } from '#components/ui/isolating.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import { usualLifetimes } from '#lib/smart/client/token-lifetimes.ts';
import { AppCell } from './app-cell.tsx';
import type { AppWithAccess, RevokeAction } from './granted-access.ts';
import { GrantedScopes } from './granted-scopes.tsx';
import { Moment } from './moment.tsx';
import { RevokeButton } from './revoke-button.tsx';

/** A backend service that holds tokens of its own. */
interface ServiceWithAccess {
  client: AppWithAccess;
  tokens: number;
  scopes: readonly string[];
  since: Date;
  lastIssuedAt: Date;
  until: Date;
}

interface BackendServiceTableProps {
  services: readonly ServiceWithAccess[];
  now: Date;
  revoke: RevokeAction;
}

/** The backend services with access, which act for no user. */
export function BackendServiceTable({ services, now, revoke }: BackendServiceTableProps) {
  const reader = { offlineSeconds: usualLifetimes.refreshToken };
  const columns: Column<ServiceWithAccess>[] = [
    {
      key: 'app',
      header: 'Service',
      className: 'sm:min-w-48 sm:max-w-72',
      cell: ({ client }) => <AppCell client={client} />,
    },
    { key: 'tokens', header: 'Tokens', numeric: true, cell: ({ tokens }) => tokens },
    {
      key: 'scopes',
      header: 'It may',
      cell: ({ scopes }) => <GrantedScopes scopes={scopes} reader={reader} />,
    },
    { key: 'since', header: 'First token', cell: ({ since }) => <Moment at={since} now={now} /> },
    { key: 'last', header: 'Latest token', cell: ({ lastIssuedAt }) => <Moment at={lastIssuedAt} now={now} /> },
    { key: 'until', header: 'Ends', cell: ({ until }) => <Moment at={until} now={now} /> },
    {
      key: 'revoke',
      header: 'Actions',
      hiddenHeader: true,
      className: 'max-sm:pt-2 sm:text-right',
      cell: ({ client: { name, clientId } }) => (
        <RevokeButton
          label="Revoke"
          name={`Revoke the tokens of ${name}`}
          title={isolating`Revoke the tokens of ${name}?`}
          revoke={revoke}
          values={{ client_id: clientId }}
        >
          They stop working at once. The service can get new ones for as long as it is enabled.
        </RevokeButton>
      ),
    },
  ];
  return (
    <DataTable
      caption="Backend services with access"
      columns={columns}
      rows={services}
      rowKey={({ client: { clientId } }) => clientId}
    />
  );
}
