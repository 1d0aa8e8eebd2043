import { Ticket, Trash2 } from 'lucide-react';
import { Moment } from '#components/access/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';

/** An initial access token as administrators see it. */
interface ListedToken {
  id: string;
  label: string;
  madeBy: string;
  createdAt: Date;
  /** Null when it never expires. */
  expiresAt: Date | null;
  uses: number;
  lastUsedAt: Date | null;
}

interface AccessTokenTableProps {
  tokens: readonly ListedToken[];
  /** Takes `token_id` from a form. */
  revoke: (formData: FormData) => Promise<void>;
  now: Date;
}

/** The initial access tokens of a sandbox, the newest first. */
export function AccessTokenTable({ tokens, revoke, now }: AccessTokenTableProps) {
  const columns: Column<ListedToken>[] = [
    { key: 'label', header: 'Token', className: 'sm:min-w-48', cell: (token) => <Label token={token} now={now} /> },
    { key: 'expires', header: 'Expires', cell: (token) => <Expiry token={token} now={now} /> },
    { key: 'uses', header: 'Apps registered', numeric: true, cell: ({ uses }) => uses },
    {
      key: 'last',
      header: 'Last used',
      cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} now={now} /> : 'Never'),
    },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (token) => <Revoke token={token} revoke={revoke} />,
    },
  ];
  return (
    <DataTable
      caption="Initial access tokens"
      columns={columns}
      rows={tokens}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<Ticket aria-hidden />} title="There is no initial access token">
          Make one for whoever shall register apps, and hand it over like a password.
        </EmptyState>
      }
    />
  );
}

function Label({ token: { label, madeBy, createdAt }, now }: { token: ListedToken; now: Date }) {
  return (
    <div className="min-w-0 py-1">
      <p className="font-medium break-words">{label}</p>
      <p className="text-sm text-muted">
        by {madeBy}, <Moment at={createdAt} now={now} />
      </p>
    </div>
  );
}

function Expiry({ token: { expiresAt }, now }: { token: ListedToken; now: Date }) {
  if (!expiresAt) return 'Never';
  return expiresAt > now ? <Moment at={expiresAt} now={now} /> : <Badge tone="warning">Expired</Badge>;
}

function Revoke({ token: { id, label }, revoke }: { token: ListedToken; revoke: AccessTokenTableProps['revoke'] }) {
  return (
    <div className="flex sm:justify-end">
      <ConfirmDialog
        trigger={{
          label: null,
          name: `Revoke ${label}`,
          variant: 'quiet',
          size: 'small',
          icon: <Trash2 aria-hidden />,
        }}
        title={isolating`Revoke ${label}?`}
        confirmLabel="Revoke token"
        danger
        action={revoke}
        values={{ token_id: id }}
      >
        Nobody registers apps with it any more. Apps that were registered with it stay.
      </ConfirmDialog>
    </div>
  );
}
