import { Avatar } from '#components/ui/avatar.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { isolating } from '#components/ui/isolating.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { DataTable } from '#components/ui/table/data-table.tsx';
import { factColumns, revokeColumn } from './grant-columns.tsx';
import type { AccessPageFacts, GrantedAccess, RevokeAction } from './granted-access.ts';
import { RevokeButton } from './revoke-button.tsx';

interface AppAccessProps {
  /** Grants of one app, at least one. */
  grants: readonly [GrantedAccess, ...GrantedAccess[]];
  facts: AccessPageFacts;
  revoke: RevokeAction;
}

/** Fixed column widths, which align the tables of several apps below each other. */
const widths = new Map<string, string>(
  Object.entries<string>({
    patient: 'sm:w-[22%]',
    scopes: 'sm:w-[34%]',
    since: 'sm:w-[11%]',
    used: 'sm:w-[11%]',
    until: 'sm:w-[14%]',
    revoke: 'sm:w-[8%]',
  }),
);

/** The access of one app that the reader has granted, with buttons to end it. */
export function AppAccess({ grants, facts, revoke }: AppAccessProps) {
  const [{ client, ofClient }] = grants;
  const columns = [...factColumns(facts), revokeColumn(revoke)].map((column) => ({
    ...column,
    className: classNames(column.className, widths.get(column.key)),
  }));
  return (
    <Panel
      flush
      id={`app-${client.clientId}`}
      title={
        <span className="flex min-w-0 items-center gap-3 py-1">
          <Avatar square name={client.name} src={client.logoUri} />
          <span className="break-words">{client.name}</span>
        </span>
      }
      badge={ofClient > 1 ? <Badge>{ofClient} times</Badge> : null}
      actions={
        ofClient > 1 ? (
          <RevokeButton
            label="Revoke all"
            name={`Revoke all access of ${client.name}`}
            title={isolating`Revoke all access of ${client.name}?`}
            revoke={revoke}
            values={{ client_id: client.clientId }}
          >
            Everything that the app has open as you stops working at once, and it must ask you again.
          </RevokeButton>
        ) : null
      }
    >
      <DataTable
        caption={`Access of ${client.name}`}
        columns={columns}
        rows={grants}
        rowKey={({ grantId }) => grantId}
      />
    </Panel>
  );
}
