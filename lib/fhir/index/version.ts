/**
 * Version of the index extraction. Raise it whenever the results of `indexValuesOf` or `patientsOf` change: at the next
 * start, resources stored by an earlier version are indexed again. `version.test.ts` fails when a raise is due.
 */
export const indexVersion = 2;
