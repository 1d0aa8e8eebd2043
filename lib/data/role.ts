/** What a person may do at a sandbox's own pages. */
export const roles = ['admin', 'clinician', 'patient'] as const;
export type Role = (typeof roles)[number];
