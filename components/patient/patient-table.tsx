import { UserRoundSearch } from 'lucide-react';
import { dateText } from '#components/chart/fhir-date.ts';
import { Badge } from '#components/ui/badge.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { type Column, DataTable } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { SortState } from '#components/ui/table-head.tsx';
import type { PatientSummary } from './patient-summary.ts';

const COLUMNS: readonly Column<PatientSummary>[] = [
  {
    key: 'name',
    header: 'Name',
    sortable: true,
    cell: ({ name, deceased }) => (
      <span className="inline-flex flex-wrap items-center gap-2 break-words">
        {name}
        {deceased ? <Badge>Deceased</Badge> : null}
      </span>
    ),
  },
  { key: 'mrn', header: 'MRN', cell: ({ mrn }) => <span className="tabular-nums">{mrn || '–'}</span> },
  {
    key: 'birthdate',
    header: 'Born',
    sortable: true,
    cell: ({ birthDate }) => <span className="whitespace-nowrap tabular-nums">{dateText(birthDate) || '–'}</span>,
  },
  {
    key: 'age',
    header: 'Age',
    cell: ({ age }) => <span className="whitespace-nowrap tabular-nums">{age || '–'}</span>,
  },
  { key: 'sex', header: 'Sex', cell: ({ sex }) => sex },
];

interface PatientTableProps {
  patients: readonly PatientSummary[];
  chartHref: (patient: PatientSummary) => string;
  sort: SortState;
  /** Where the whole list is; set while a search narrows it. */
  clearHref?: string | undefined;
}

/** Patients as rows, each leading to its chart. */
export function PatientTable({ patients, chartHref, sort, clearHref }: PatientTableProps) {
  return (
    <DataTable
      caption="Patients"
      columns={COLUMNS}
      rows={patients}
      rowKey={({ id }) => id}
      rowHref={chartHref}
      sort={sort}
      empty={<NoPatients clearHref={clearHref} />}
    />
  );
}

function NoPatients({ clearHref }: { clearHref: string | undefined }) {
  if (!clearHref) {
    return (
      <EmptyState icon={<UserRoundSearch aria-hidden />} title="This sandbox has no patients">
        Load some by naming FHIR bundles, or a number of generated patients, in its sandbox file.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<UserRoundSearch aria-hidden />}
      title="No patient matches"
      actions={
        <ButtonLink variant="secondary" href={clearHref}>
          Show all patients
        </ButtonLink>
      }
    >
      Names are matched from their beginning, identifiers as a whole. Try fewer letters or leave a field empty.
    </EmptyState>
  );
}
