import { concept } from '../codes/coding.ts';
import { loinc } from '../codes/loinc.ts';
import { smokingCodes } from '../codes/snomed.ts';
import { quantity } from '../codes/ucum.ts';
import type { Chart, Visit } from '../person/chart.ts';
import { ageNow, encounterOf } from '../person/chart.ts';
import { fileObservation } from './observation.ts';

function fileScore(chart: Chart, visit: Visit, code: 'depressionScore' | 'anxietyScore', score: number): void {
  fileObservation(chart, {
    profile: 'observation-screening-assessment',
    category: 'survey',
    code: [loinc[code]],
    date: visit.date,
    encounter: encounterOf(visit),
    result: { valueQuantity: quantity(score, '{score}') },
  });
}

/** Files an adult's smoking status at the latest visit, and PHQ-9 and GAD-7 scores that fall under treatment. */
export function fileHistory(chart: Chart, visits: Visit[]): void {
  const latest = visits.at(-1);
  if (latest && ageNow(chart) >= 16) {
    fileObservation(chart, {
      profile: 'smokingstatus',
      category: 'social-history',
      code: [loinc.smokingStatus],
      date: latest.date,
      encounter: encounterOf(latest),
      result: { valueCodeableConcept: concept(smokingCodes[chart.person.smoking]) },
    });
  }
  for (const [index, visit] of visits
    .filter(({ encounter }) => encounter)
    .slice(-3)
    .entries()) {
    const score = 15 - index * 4 + chart.random.integer(-2, 2);
    if (chart.problems.has('depression')) {
      fileScore(chart, visit, 'depressionScore', score);
    }
    if (chart.problems.has('anxiety')) {
      fileScore(chart, visit, 'anxietyScore', score - 2);
    }
  }
}
