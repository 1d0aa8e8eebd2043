import type { VaccineKey } from '../codes/cvx.ts';

/** Age in months at each dose. @see https://www.cdc.gov/vaccines/hcp/imz-schedules/ */
export const childhoodDoses: readonly (readonly [vaccine: VaccineKey, months: readonly number[]])[] = [
  ['hepatitisB', [0, 1, 6]],
  ['rotavirus', [2, 4, 6]],
  ['dtap', [2, 4, 6, 15, 48]],
  ['hib', [2, 4, 6, 12]],
  ['pneumococcal13', [2, 4, 6, 12]],
  ['polio', [2, 4, 6, 48]],
  ['mmr', [12, 48]],
  ['varicella', [12, 48]],
  ['hepatitisA', [12, 18]],
  ['tdap', [132]],
  ['hpv', [132, 138]],
  ['meningococcal', [132, 192]],
];

/** Dates when newer vaccines came into use; their predecessors are given until then. */
export const pneumococcal20Since = { children: new Date('2023-07-01'), adults: new Date('2022-02-01') };
export const covidFormulaSince = new Date('2023-09-15');
export const zosterSince = new Date('2018-02-01');
