import { LogOut } from 'lucide-react';
import { Moment } from '#components/access/moment.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';

interface ShownSession {
  id: string;
  browser: string;
  address: string | null;
  createdAt: Date;
  lastUsedAt: Date;
}

interface SessionTableProps {
  sessions: readonly ShownSession[];
  /** Id of the session in which the table is shown. */
  current: string;
  now: Date;
  /** Takes `session_id` from a form. */
  end: (formData: FormData) => Promise<void>;
}

/** The browsers in which a user is signed in. */
export function SessionTable({ sessions, current, now, end }: SessionTableProps) {
  const columns: Column<ShownSession>[] = [
    {
      key: 'browser',
      header: 'Browser',
      cell: (session) => <Browser session={session} isThis={session.id === current} />,
    },
    { key: 'address', header: 'Address', cell: ({ address }) => address ?? 'Unknown' },
    { key: 'since', header: 'Since', cell: ({ createdAt }) => <Moment at={createdAt} now={now} /> },
    { key: 'used', header: 'Last used', cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} now={now} /> },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (session) => (session.id === current ? null : <End session={session} end={end} />),
    },
  ];
  return <DataTable caption="Where you are signed in" columns={columns} rows={sessions} rowKey={({ id }) => id} />;
}

function Browser({ session, isThis }: { session: ShownSession; isThis: boolean }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span className="font-medium break-words">{session.browser}</span>
      {isThis ? <Badge>This browser</Badge> : null}
    </span>
  );
}

function End({ session: { id, browser }, end }: { session: ShownSession; end: SessionTableProps['end'] }) {
  return (
    <div className="flex max-sm:-ml-2.5 sm:justify-end">
      <ConfirmDialog
        trigger={{
          label: 'Sign out',
          name: `Sign out of ${browser}`,
          variant: 'quiet',
          size: 'small',
          icon: <LogOut aria-hidden />,
        }}
        title={`Sign out of ${browser}?`}
        confirmLabel="Sign out there"
        action={end}
        values={{ session_id: id }}
      >
        Whoever uses that browser has to sign in again. Apps that were opened in it lose their access soon after, unless
        you allowed them to go on while you are away.
      </ConfirmDialog>
    </div>
  );
}
