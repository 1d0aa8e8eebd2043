import { type Description, DescriptionList } from '#components/ui/description-list.tsx';
import { Link } from '#components/ui/link.tsx';
import type { AuditEntry } from './audit-entry.ts';
import { interactionWord, requestLine, utcText } from './audit-words.ts';
import { EventApp, EventUser } from './event-parties.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';

interface AuditFactsProps {
  entry: AuditEntry;
  chartHref: (patient: string) => string;
}

/** All facts of one audit event, in words. */
export function AuditFacts({ entry, chartHref }: AuditFactsProps) {
  const {
    recorded,
    interaction,
    fhirUser,
    requestId,
    entities,
    entitiesAll,
    patientsAll,
    address,
    repeated = 1,
  } = entry;
  const items: Description[] = [
    { term: 'Time (UTC)', description: <time dateTime={recorded.toISOString()}>{utcText(recorded)}</time> },
    { term: 'Outcome', description: <OutcomeBadge record={entry} /> },
    { term: 'User', description: <EventUser entry={entry} /> },
    ...(fhirUser ? [{ term: 'As', description: <Code>{fhirUser}</Code> }] : []),
    { term: 'App', description: <EventApp entry={entry} /> },
    ...(address ? [{ term: 'Network address', description: <Code>{address}</Code> }] : []),
    { term: 'What', description: interactionWord(interaction) },
    ...(repeated > 1 ? [{ term: 'Times', description: `${repeated} events like this, counted` }] : []),
    { term: 'Request', description: <Code>{requestLine(entry)}</Code> },
    ...(requestId ? [{ term: 'Request id', description: <Code>{requestId}</Code> }] : []),
    { term: `Patients (${patientsAll})`, description: <Patients entry={entry} chartHref={chartHref} /> },
    { term: `Resources (${entitiesAll})`, description: <Resources names={entities} all={entitiesAll} /> },
  ];
  return <DescriptionList items={items} />;
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-sm break-all">{children}</code>;
}

function Patients({ entry: { people, patientsAll }, chartHref }: AuditFactsProps) {
  if (people.length === 0) return <span className="text-muted">None</span>;
  const more = patientsAll - people.length;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {people.map(({ id, name }) => (
        <li key={id} className="min-w-0 break-words">
          {name ? (
            <Link href={chartHref(id)} className="text-accent-text underline underline-offset-2">
              {name}
            </Link>
          ) : (
            id
          )}
        </li>
      ))}
      {more > 0 ? <li className="text-muted">and {more} more</li> : null}
    </ul>
  );
}

function Resources({ names, all }: { names: readonly string[]; all: number }) {
  if (names.length === 0) return <span className="text-muted">None</span>;
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-x-4 gap-y-1 font-mono text-sm">
      {names.map((name) => (
        <li key={name} className="min-w-0 break-all">
          {name}
        </li>
      ))}
      {all > names.length ? <li className="font-sans text-muted">and {all - names.length} more</li> : null}
    </ul>
  );
}
