import type { AuditEntry } from './audit-entry.ts';

/** The user who sent the request, or whom somebody tried to sign in as; an app that asks for itself has none. */
export function EventUser({ entry: { username, userName, clientId } }: { entry: AuditEntry }) {
  if (clientId?.startsWith('command:')) return <span className="text-muted">Who runs this server</span>;
  if (!username) return <span className="text-muted">{clientId ? 'Nobody: the app itself' : 'Nobody'}</span>;
  return <Named name={userName ?? username} code={userName ? username : undefined} />;
}

/** The app that sent the request, the CDS service that was called, or the EHR itself. */
export function EventApp({ entry: { clientId, clientName } }: { entry: AuditEntry }) {
  if (clientId?.startsWith('command:')) return <span className="text-muted">The command line</span>;
  if (!clientId) return <span className="text-muted">The EHR itself</span>;
  return <Named name={clientName ?? clientId} code={clientName ? clientId : undefined} />;
}

/** The first patient whose record was touched, and the number of others. */
export function EventPatients({ entry: { people, patientsAll } }: { entry: AuditEntry }) {
  const [first] = people;
  if (!first) return <span className="text-muted">None</span>;
  return (
    <span className="flex min-w-0 flex-col">
      <span className="break-words">{first.name ?? first.id}</span>
      {patientsAll > 1 ? <span className="text-sm text-muted">and {patientsAll - 1} more</span> : null}
    </span>
  );
}

function Named({ name, code }: { name: string; code: string | undefined }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="break-words">{name}</span>
      {code ? <span className="text-sm break-all text-muted">{code}</span> : null}
    </span>
  );
}
