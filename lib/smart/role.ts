/** What a person may do at a sandbox's own pages. */
export type Role = 'admin' | 'clinician' | 'patient';
