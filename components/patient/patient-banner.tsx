import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { dateText } from '#components/record/fhir-date.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { PatientSummary } from './patient-summary.ts';

/** The allergies in the record: named ones, an explicit "none known", or nothing recorded. */
export interface AllergySummary {
  names: readonly string[];
  noneKnown: boolean;
}

interface PatientBannerProps {
  patient: PatientSummary;
  allergies: AllergySummary;
}

/** Identifies the patient of the chart, so that nobody acts on the wrong one; stays in view while the chart scrolls. */
export function PatientBanner({ patient, allergies }: PatientBannerProps) {
  return (
    <header className="border-b border-line bg-surface sm:sticky sm:top-0 sm:z-20">
      <div className="mx-auto flex max-w-[100rem] flex-wrap items-center gap-x-8 gap-y-2 px-4 py-2.5 sm:px-6">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3">
          <h1 className="text-xl font-semibold tracking-tight break-words">{patient.name}</h1>
          {patient.deceased ? <Badge tone="neutral">Deceased</Badge> : null}
        </div>
        <dl className="flex flex-wrap gap-x-6 gap-y-1 tabular-nums">
          <Fact term="Age">{patient.age || 'Unknown'}</Fact>
          <Fact term="Sex">{patient.sex}</Fact>
          <Fact term="Born">{dateText(patient.birthDate) || 'Unknown'}</Fact>
          <Fact term="MRN">{patient.mrn || 'None'}</Fact>
          <Fact term="Allergies">
            <AllergyText allergies={allergies} />
          </Fact>
        </dl>
      </div>
    </header>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

const shownCount = 3;

function AllergyText({ allergies: { names, noneKnown } }: { allergies: AllergySummary }) {
  if (names.length === 0) return noneKnown ? 'No known allergies' : 'None recorded';
  const more = names.length - shownCount;
  return (
    <span className="inline-flex items-center gap-1.5 text-danger-text">
      <ShieldAlert aria-hidden className="size-4 shrink-0" />
      {names.slice(0, shownCount).join(', ')}
      {more > 0 ? ` and ${more} more` : ''}
    </span>
  );
}
