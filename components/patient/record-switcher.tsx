import { Link } from '#components/ui/link.tsx';
import type { PatientSummary } from './patient-summary.ts';

interface RecordSwitcherProps {
  /** Path of the page. */
  href: string;
  patients: readonly PatientSummary[];
  current: string;
  /** Id of the Patient who is the user; undefined for somebody who only acts for others. */
  own: string | undefined;
}

/** Links to the user's own record and to those of the patients for whom they act. */
export function RecordSwitcher({ href, patients, current, own }: RecordSwitcherProps) {
  return (
    <nav aria-label="Records" className="border-b border-line bg-surface">
      <ul className="mx-auto flex max-w-[100rem] flex-wrap gap-2 px-4 py-2 sm:px-6">
        {patients.map(({ id, name, age }) => (
          <li key={id} className="min-w-0">
            <Link
              href={`${href}?${new URLSearchParams({ patient: id })}`}
              aria-current={id === current ? 'page' : undefined}
              className="flex min-h-9 flex-wrap items-center gap-x-2 rounded-sm border border-line px-3 py-1 hover:bg-hover aria-[current]:border-accent-text aria-[current]:bg-accent-soft"
            >
              <span className="min-w-0 font-medium break-words">{name}</span>
              <span className="text-sm text-muted">{id === own ? 'You' : age}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
