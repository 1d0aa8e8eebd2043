import type { Column } from '#components/ui/table/data-table.tsx';
import { usualLifetimes } from '#lib/smart/client/token-lifetimes.ts';
import { AccessEnd } from './access-end.tsx';
import { AppCell } from './app-cell.tsx';
import type { AccessPageFacts, GrantedAccess, RevokeAction } from './granted-access.ts';
import { GrantedScopes } from './granted-scopes.tsx';
import { Moment } from './moment.tsx';
import { PatientInContext } from './patient-in-context.tsx';
import { RevokeButton } from './revoke-button.tsx';

type GrantColumn = Column<GrantedAccess>;

/** Aligns the other cells of a row to the top while its permissions are unfolded. */
const besideScopes = '[tr:has(details[open])_&]:align-top';

export const appColumn: GrantColumn = {
  key: 'app',
  header: 'App',
  className: `sm:min-w-48 sm:max-w-72 ${besideScopes}`,
  cell: ({ client }) => <AppCell client={client} />,
};

export const userColumn: GrantColumn = {
  key: 'user',
  header: 'User',
  className: `sm:min-w-40 sm:max-w-56 ${besideScopes}`,
  cell: ({ user }) => (
    <span className="flex min-w-0 flex-col">
      <span className="break-words">{user?.name ?? 'Account removed'}</span>
      <span className="text-sm break-all text-muted">{user?.username}</span>
    </span>
  ),
};

/** The columns that every list of grants has. */
export function factColumns(facts: AccessPageFacts): GrantColumn[] {
  const { now, ownRecord } = facts;
  return [
    {
      key: 'patient',
      header: 'Patient',
      className: `sm:min-w-40 sm:max-w-64 ${besideScopes}`,
      cell: ({ patient }) => <PatientInContext patient={patient} facts={facts} />,
    },
    {
      key: 'scopes',
      header: 'It may',
      className: besideScopes,
      cell: ({ scopes, client: { refreshTokenLifetime } }) => (
        <GrantedScopes
          scopes={scopes}
          reader={{ ownRecord, offlineSeconds: refreshTokenLifetime ?? usualLifetimes.refreshToken }}
        />
      ),
    },
    { key: 'since', header: 'Allowed', className: besideScopes, cell: ({ since }) => <Moment at={since} now={now} /> },
    {
      key: 'used',
      header: 'Last used',
      className: besideScopes,
      cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} now={now} />,
    },
    {
      key: 'until',
      header: 'Ends',
      className: besideScopes,
      cell: (grant) => <AccessEnd grant={grant} facts={facts} />,
    },
  ];
}

/** The button that ends one grant. */
export function revokeColumn(revoke: RevokeAction): GrantColumn {
  return {
    key: 'revoke',
    header: 'Actions',
    hiddenHeader: true,
    className: `max-sm:pt-2 sm:text-right ${besideScopes}`,
    cell: (grant) => (
      <RevokeButton
        label="Revoke"
        name={`Revoke ${whatOf(grant)}`}
        title={`Revoke ${whatOf(grant)}?`}
        revoke={revoke}
        values={{ grant_id: grant.grantId }}
      >
        What the app has open with it stops working at once. It must be opened and allowed again.
      </RevokeButton>
    ),
  };
}

/** A grant in words: `the access of Growth Chart for Lily Kowalczyk`. */
function whatOf({ client, patient, user }: GrantedAccess): string {
  const about = patient ? ` to ${patient.name ?? `patient ${patient.id}`}` : '';
  return `the access of ${client.name}${about}${user ? ` as ${user.name}` : ''}`;
}
