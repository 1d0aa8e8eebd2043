import { AppCell } from '#components/access/app-cell.tsx';
import { Moment } from '#components/access/moment.tsx';
import { PatientInContext } from '#components/access/patient-in-context.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import { LaunchDetails } from './launch-details.tsx';
import { type LaunchRecord, originText } from './launch-record.ts';
import { LaunchState } from './launch-state.tsx';
import { WithdrawButton } from './withdraw-button.tsx';

interface LaunchTableProps {
  launches: readonly LaunchRecord[];
  /** Slug of the sandbox. */
  sandbox: string;
  now: Date;
  withdraw: (formData: FormData) => Promise<void>;
}

/** Launches of any app and user, one in each row. */
export function LaunchTable({ launches, sandbox, now, withdraw }: LaunchTableProps) {
  const facts = { sandbox, now, ownRecord: false };
  const columns: Column<LaunchRecord>[] = [
    {
      key: 'app',
      header: 'App',
      className: 'sm:min-w-48 sm:max-w-72',
      cell: ({ client }) => <AppCell client={client} />,
    },
    {
      key: 'patient',
      header: 'Patient',
      className: 'sm:min-w-36 sm:max-w-64',
      cell: ({ patient }) => <PatientInContext patient={patient} facts={facts} />,
    },
    { key: 'user', header: 'User', className: 'sm:min-w-36 sm:max-w-56', cell: (launch) => <User launch={launch} /> },
    { key: 'origin', header: 'From', className: 'sm:max-w-48', cell: (launch) => <Origin launch={launch} /> },
    { key: 'created', header: 'Made', cell: ({ createdAt }) => <Moment at={createdAt} now={now} /> },
    { key: 'status', header: 'Status', cell: (launch) => <LaunchState launch={launch} now={now} /> },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (launch) => (
        <div className="flex flex-wrap items-center gap-1 max-sm:pt-1 sm:justify-end">
          <LaunchDetails launch={launch} />
          {launch.status === 'pending' ? <WithdrawButton launch={launch} withdraw={withdraw} /> : null}
        </div>
      ),
    },
  ];
  return <DataTable caption="Launches" columns={columns} rows={launches} rowKey={({ launchHash }) => launchHash} />;
}

function User({ launch: { user } }: { launch: LaunchRecord }) {
  if (!user) return <span className="text-muted">Whoever opens it</span>;
  return (
    <span className="flex min-w-0 flex-col">
      <span className="break-words">{user.name}</span>
      <span className="text-sm break-all text-muted">{user.username}</span>
    </span>
  );
}

function Origin({ launch: { origin, createdBy } }: { launch: LaunchRecord }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span>{originText[origin]}</span>
      {createdBy ? (
        <span className="text-sm break-words text-muted">by {createdBy.name ?? createdBy.clientId}</span>
      ) : null}
    </span>
  );
}
