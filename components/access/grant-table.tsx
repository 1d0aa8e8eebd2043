import { DataTable } from '#components/ui/table/data-table.tsx';
import { appColumn, factColumns, revokeColumn, userColumn } from './grant-columns.tsx';
import type { AccessPageFacts, GrantedAccess, RevokeAction } from './granted-access.ts';

interface GrantTableProps {
  grants: readonly GrantedAccess[];
  facts: AccessPageFacts;
  revoke: RevokeAction;
}

/** Grants of any apps and users, one in each row. */
export function GrantTable({ grants, facts, revoke }: GrantTableProps) {
  return (
    <DataTable
      caption="Apps with access"
      columns={[appColumn, userColumn, ...factColumns(facts), revokeColumn(revoke)]}
      rows={grants}
      rowKey={({ grantId }) => grantId}
    />
  );
}
