import { Badge } from '#components/ui/badge.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';

/** The public facts about a signing key. */
export interface SigningKey {
  kid: string;
  alg: string;
  createdAt: Date;
  /** When it stopped signing. */
  retiredAt: Date | null;
}

const columns: Column<SigningKey>[] = [
  {
    key: 'kid',
    header: 'Key id (kid)',
    cell: ({ kid }) => <span className="font-mono text-sm break-all">{kid}</span>,
  },
  { key: 'alg', header: 'Algorithm', cell: ({ alg }) => alg },
  { key: 'since', header: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { key: 'state', header: 'State', cell: (key) => <State signingKey={key} /> },
];

/** The keys of an issuer; those that sign come first. */
export function KeyTable({ keys }: { keys: readonly SigningKey[] }) {
  return <DataTable caption="Signing keys" columns={columns} rows={keys} rowKey={({ kid }) => kid} />;
}

function State({ signingKey: { retiredAt } }: { signingKey: SigningKey }) {
  if (!retiredAt) return <Badge tone="success">Signs</Badge>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge>Only verifies</Badge>
      <span className="text-sm text-muted">
        retired <Moment at={retiredAt} />
      </span>
    </span>
  );
}

/** A moment such as `2026-03-01 12:05 UTC`. */
function Moment({ at }: { at: Date }) {
  const iso = at.toISOString();
  return (
    <time dateTime={iso} className="whitespace-nowrap tabular-nums">
      {`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}
    </time>
  );
}
