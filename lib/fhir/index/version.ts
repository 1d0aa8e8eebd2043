/**
 * Which release of the extraction wrote a sandbox's index rows. Raise it with every change of what `indexValuesOf` or
 * `patientsOf` come to: resources that were stored before are then indexed again at the next start.
 * `index-version.test.ts` tells when that is due.
 */
export const indexVersion = 2;
