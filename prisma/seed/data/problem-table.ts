import type { ProblemKey } from '../codes/problems.ts';
import type { DrugKey } from '../codes/rxnorm.ts';
import type { Sex } from '../person/person.ts';
import type { Curve } from '../value/interpolate.ts';
import table from './problems.json' with { type: 'json' };

/** How a problem occurs: `prevalence` is the share of people who have it, by age in years. */
export interface ProblemTraits {
  course: 'chronic' | 'acute';
  prevalence: Curve;
  sex?: Sex;
  smokersOnly?: true;
  /** Problems that exclude this one. */
  unless?: readonly ProblemKey[];
  drugs: readonly DrugKey[];
  /** Longest time since onset, in years. */
  yearsKnown?: number;
}

/**
 * Drawn in this order. Shares are plausible for a clinic's patients, not epidemiology. The cast is needed because JSON
 * has no literal types.
 */
export const problemTable = table as unknown as Partial<Record<ProblemKey, ProblemTraits>>;
