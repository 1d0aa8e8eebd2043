/** A scope that the registration form offers to tick, with what it lets an app do. */
export interface OfferedScope {
  scope: string;
  hint: string;
}

/** The scopes that most apps need, in the groups in which the form shows them. */
export const offeredScopes: readonly { group: string; scopes: readonly OfferedScope[] }[] = [
  {
    group: 'Launch',
    scopes: [
      { scope: 'launch', hint: 'Be opened from the EHR with its context' },
      { scope: 'launch/patient', hint: 'Ask for a patient when opened outside the EHR' },
      { scope: 'launch/encounter', hint: 'Ask for an encounter when opened outside the EHR' },
    ],
  },
  {
    group: 'Identity and lifetime',
    scopes: [
      { scope: 'openid', hint: 'Learn who signed in' },
      { scope: 'fhirUser', hint: 'Learn which FHIR resource that person is' },
      { scope: 'offline_access', hint: 'Keep access after the person has left' },
      { scope: 'online_access', hint: 'Keep access while the person is signed in' },
    ],
  },
  {
    group: 'Data',
    scopes: [
      { scope: 'patient/*.rs', hint: 'Read and search everything of the patient' },
      { scope: 'user/*.rs', hint: 'Read and search everything the person may see' },
      { scope: 'patient/*.read', hint: 'The same for the patient, as older apps ask' },
      { scope: 'user/*.read', hint: 'The same for the person, as older apps ask' },
    ],
  },
];

/** The offered scopes as strings, without their groups. */
export const offeredScopeNames = offeredScopes.flatMap(({ scopes }) => scopes.map(({ scope }) => scope));
