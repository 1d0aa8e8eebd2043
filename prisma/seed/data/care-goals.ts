import type { Coding } from 'fhir/r4';
import { loinc, panelCodes } from '../codes/loinc.ts';
import type { ProblemKey } from '../codes/problems.ts';
import type { Unit } from '../codes/ucum.ts';

export interface CareGoal {
  goal: string;
  activities: readonly string[];
  /** The measure, and the bound it should stay below. */
  target?: { measure: Coding; below: number; unit: Unit };
}

export const careGoals: Partial<Record<ProblemKey, CareGoal>> = {
  diabetes: {
    goal: 'HbA1c below 7 %',
    activities: [
      'HbA1c every three months',
      'Yearly diabetic foot and eye examination',
      'Diabetes self-management education',
    ],
    target: { measure: panelCodes.hemoglobinA1c, below: 7, unit: '%' },
  },
  hypertension: {
    goal: 'Systolic blood pressure below 130 mmHg',
    activities: ['Home blood pressure measurements twice a week', 'Low-sodium diet'],
    target: { measure: loinc.systolic, below: 130, unit: 'mm[Hg]' },
  },
  asthma: {
    goal: 'Rescue inhaler on no more than two days a week',
    activities: ['Written asthma action plan', 'Check of inhaler technique at each visit'],
  },
  copd: { goal: 'No exacerbation this year', activities: ['Pulmonary rehabilitation', 'Support to stay off tobacco'] },
  depression: {
    goal: 'PHQ-9 score below 5',
    activities: ['PHQ-9 at each visit', 'Cognitive behavioral therapy'],
    target: { measure: loinc.depressionScore, below: 5, unit: '{score}' },
  },
  heartFailure: {
    goal: 'Stable weight without edema',
    activities: ['Daily weight at home', 'Fluid and salt restriction'],
  },
  obesity: {
    goal: 'Body mass index below 30',
    activities: ['Nutrition counseling', 'Thirty minutes of walking on most days'],
    target: { measure: loinc.bodyMassIndex, below: 30, unit: 'kg/m2' },
  },
  pregnancy: { goal: 'Healthy pregnancy and birth', activities: ['Prenatal visits', 'Childbirth class'] },
  osteoarthritis: { goal: 'Walks a mile without a rest', activities: ['Physical therapy', 'Quadriceps strengthening'] },
};
