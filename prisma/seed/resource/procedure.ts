import type { Coding, Procedure, Reference } from 'fhir/r4';
import { concept } from '../codes/coding.ts';
import { procedureCodes } from '../codes/snomed.ts';
import { claims } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { ageNow, subjectOf } from '../person/chart.ts';
import { atClinic, isoTime, plusMinutes, plusYears } from '../value/calendar.ts';

export interface ProcedurePlan {
  code: Coding;
  start: Date;
  end: Date;
  reason?: Reference;
  encounter?: Reference;
  performer?: Reference;
}

export function fileProcedure(chart: Chart, plan: ProcedurePlan): Procedure & { id: string } {
  return chart.file<Procedure>({
    resourceType: 'Procedure',
    meta: claims('procedure'),
    status: 'completed',
    code: concept(plan.code),
    subject: subjectOf(chart),
    encounter: plan.encounter,
    performedPeriod: { start: isoTime(plan.start), end: isoTime(plan.end) },
    performer: [{ actor: plan.performer ?? chart.clinician }],
    reasonReference: plan.reason && [plan.reason],
  });
}

/** Procedures by indication; `years` bounds how long ago they were done. */
const indications: readonly {
  code: keyof typeof procedureCodes;
  years: number;
  share: number;
  applies: (chart: Chart, age: number) => boolean;
}[] = [
  { code: 'footExam', years: 1, share: 1, applies: ({ problems }) => problems.has('diabetes') },
  {
    code: 'spirometry',
    years: 2,
    share: 1,
    applies: ({ problems }, age) => problems.has('copd') || (problems.has('asthma') && age > 6),
  },
  {
    code: 'electrocardiogram',
    years: 2,
    share: 1,
    applies: ({ problems }) => problems.has('atrialFibrillation') || problems.has('coronaryDisease'),
  },
  { code: 'colonoscopy', years: 9, share: 0.7, applies: (_, age) => age > 55 && age < 80 },
  {
    code: 'mammography',
    years: 1.8,
    share: 0.75,
    applies: ({ person }, age) => person.sex === 'female' && age > 42 && age < 76,
  },
  { code: 'boneDensity', years: 4, share: 0.6, applies: ({ person }, age) => person.sex === 'female' && age > 69 },
  {
    code: 'kneeReplacement',
    years: 6,
    share: 0.25,
    applies: ({ problems }, age) => problems.has('osteoarthritis') && age > 62,
  },
  { code: 'appendectomy', years: 20, share: 0.06, applies: (_, age) => age > 30 },
  { code: 'obstetricUltrasound', years: 0.12, share: 1, applies: ({ problems }) => problems.has('pregnancy') },
  { code: 'depressionScreening', years: 1, share: 1, applies: ({ problems }) => problems.has('depression') },
];

export function fileProcedures(chart: Chart): void {
  const age = ageNow(chart);
  for (const { code, years, share, applies } of indications) {
    if (applies(chart, age) && chart.random.chance(share)) {
      const ago = chart.random.between(years * 0.1, years);
      const start = atClinic(plusYears(chart.now, -ago - 0.012), chart.random.integer(32, 60) * 15);
      fileProcedure(chart, { code: procedureCodes[code], start, end: plusMinutes(start, 30) });
    }
  }
}
