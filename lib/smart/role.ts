/** The role of a member of a sandbox. */
export type Role = 'admin' | 'clinician' | 'patient';
