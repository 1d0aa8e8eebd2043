import { codings, systems } from './coding.ts';

/** Inpatient procedures. @see https://www.cms.gov/medicare/coding-billing/icd-10-codes */
export const inpatientProcedureCodes = codings(systems.icd10pcs, {
  phototherapy: ['6A601ZZ', 'Phototherapy of Skin, Multiple'],
});
