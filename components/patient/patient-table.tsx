import { UserRoundSearch } from 'lucide-react';
import { dateText } from '#components/record/fhir-date.ts';
import { Badge } from '#components/ui/badge.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';
import type { SortState } from '#components/ui/table/table-head.tsx';
import { PatientFacts } from './patient-facts.tsx';
import type { PatientSummary } from './patient-summary.ts';

const columns: readonly Column<PatientSummary>[] = [
  {
    key: 'name',
    header: 'Name',
    sortable: true,
    cell: (patient) => <NameCell patient={patient} />,
  },
  {
    key: 'mrn',
    header: 'MRN',
    hideOnPhone: true,
    cell: ({ mrn }) => <span className="tabular-nums">{mrn || '–'}</span>,
  },
  {
    key: 'birthdate',
    header: 'Born',
    hideOnPhone: true,
    sortable: true,
    cell: ({ birthDate }) => <span className="whitespace-nowrap tabular-nums">{dateText(birthDate) || '–'}</span>,
  },
  {
    key: 'age',
    header: 'Age',
    hideOnPhone: true,
    cell: ({ age }) => <span className="whitespace-nowrap tabular-nums">{age || '–'}</span>,
  },
  { key: 'sex', header: 'Sex', hideOnPhone: true, cell: ({ sex }) => sex },
];

/** The name; on a phone followed by the facts that have columns of their own on wider screens. */
function NameCell({ patient }: { patient: PatientSummary }) {
  return (
    <>
      <span className="sm:hidden">
        <PatientFacts patient={patient} />
      </span>
      <span className="break-words max-sm:hidden">{patient.name}</span>
      {patient.deceased ? <Badge>Deceased</Badge> : null}
    </>
  );
}

interface PatientTableProps {
  patients: readonly PatientSummary[];
  chartHref: (patient: PatientSummary) => string;
  sort: SortState;
  /** The address of the whole list; set while a search narrows it. */
  clearHref?: string | undefined;
}

/** Patients as rows, each leading to its chart. */
export function PatientTable({ patients, chartHref, sort, clearHref }: PatientTableProps) {
  return (
    <DataTable
      caption="Patients"
      columns={columns}
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
