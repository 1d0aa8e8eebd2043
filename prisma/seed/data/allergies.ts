import type { AllergyIntolerance, Coding } from 'fhir/r4';
import type { DrugKey } from '../codes/rxnorm.ts';
import { ingredientCodes } from '../codes/rxnorm.ts';
import { allergenCodes, reactionCodes } from '../codes/snomed.ts';

export interface AllergyTraits {
  code: Coding;
  category: 'food' | 'medication' | 'environment';
  criticality: NonNullable<AllergyIntolerance['criticality']>;
  reaction: Coding;
  severity: 'mild' | 'moderate' | 'severe';
  /** Share of people who have this allergy. */
  share: number;
  /** Nobody who takes one of these drugs has this allergy. */
  drugs: readonly DrugKey[];
}

const none: readonly DrugKey[] = [];
const penicillins: readonly DrugKey[] = ['amoxicillin', 'amoxicillinSuspension'];

export const allergies: readonly AllergyTraits[] = [
  {
    code: ingredientCodes.amoxicillin,
    category: 'medication',
    criticality: 'low',
    reaction: reactionCodes.eruption,
    severity: 'mild',
    share: 0.05,
    drugs: penicillins,
  },
  {
    code: ingredientCodes.penicillinG,
    category: 'medication',
    criticality: 'high',
    reaction: reactionCodes.urticaria,
    severity: 'moderate',
    share: 0.05,
    drugs: penicillins,
  },
  {
    code: ingredientCodes.sulfamethoxazole,
    category: 'medication',
    criticality: 'low',
    reaction: reactionCodes.eruption,
    severity: 'moderate',
    share: 0.05,
    drugs: none,
  },
  {
    code: ingredientCodes.ibuprofen,
    category: 'medication',
    criticality: 'high',
    reaction: reactionCodes.wheezing,
    severity: 'moderate',
    share: 0.02,
    drugs: ['ibuprofen', 'aspirin'],
  },
  {
    code: ingredientCodes.codeine,
    category: 'medication',
    criticality: 'low',
    reaction: reactionCodes.nausea,
    severity: 'mild',
    share: 0.04,
    drugs: none,
  },
  {
    code: allergenCodes.peanut,
    category: 'food',
    criticality: 'high',
    reaction: reactionCodes.anaphylaxis,
    severity: 'severe',
    share: 0.03,
    drugs: none,
  },
  {
    code: allergenCodes.shellfish,
    category: 'food',
    criticality: 'high',
    reaction: reactionCodes.urticaria,
    severity: 'moderate',
    share: 0.03,
    drugs: none,
  },
  {
    code: allergenCodes.grassPollen,
    category: 'environment',
    criticality: 'low',
    reaction: reactionCodes.wheezing,
    severity: 'mild',
    share: 0.07,
    drugs: none,
  },
  {
    code: allergenCodes.houseDustMite,
    category: 'environment',
    criticality: 'low',
    reaction: reactionCodes.wheezing,
    severity: 'mild',
    share: 0.06,
    drugs: none,
  },
];
