/** One of several choices, as a form offers it. */
export interface Choice {
  label: string;
  hint: string;
}

/** The ways in which a client proves who it is at the token endpoint. */
export const clientTypes = ['public', 'secret', 'jwks_uri', 'jwks'] as const;
export type ClientType = (typeof clientTypes)[number];

export const clientTypeChoices: Record<ClientType, Choice> = {
  public: { label: 'Public', hint: 'Runs in a browser or on a phone and cannot keep a secret' },
  secret: { label: 'Confidential, with a secret', hint: 'Runs on a server. The secret is shown once.' },
  jwks_uri: { label: 'Confidential, with keys at an address', hint: 'Signs with a key published as a JWKS' },
  jwks: { label: 'Confidential, with keys given here', hint: 'Signs with a key whose public half you paste' },
};

/** The context that must be chosen before an app can be launched. */
export const launchNeeds = ['patient', 'encounter', 'none'] as const;
export type LaunchNeeds = (typeof launchNeeds)[number];

export const launchNeedsChoices: Record<LaunchNeeds, Choice> = {
  patient: { label: 'A patient', hint: 'An encounter may be chosen too' },
  encounter: { label: 'An encounter', hint: 'And with it the patient' },
  none: { label: 'Neither', hint: 'It opens for the signed-in person' },
};
