const texts = {
  'malformed-parameters':
    'The request did not name the app, patient and encounter as it should. Start again from the gallery or a chart.',
  'unknown-client': 'The app is not registered in this sandbox any more. Ask an administrator.',
  'disabled-client': 'The app is disabled. An administrator can enable it.',
  'no-launch-uri': 'The app has no launch URI, so there is nothing to open. An administrator can add it.',
  'patient-required': 'The app needs a patient. Start it from a chart, or choose a patient in the gallery.',
  'encounter-required': 'The app needs an encounter. Choose one in the chart or in the gallery.',
  'unknown-patient': 'This sandbox has no such patient, or your account may not see them.',
  'unknown-encounter': 'This sandbox has no such encounter, or your account may not see it.',
  'foreign-encounter': 'The encounter belongs to another patient. Choose the encounter again.',
  'unreachable-reference':
    'The launch names a resource that this sandbox does not have, or that your account may not read.',
  'malformed-context': 'The launch context is not as SMART has it. Look at its fields in the Launch dialog again.',
  'cross-site': 'The request to launch came from another site. Start the app from the gallery or a chart.',
  'unknown-card': 'The card with this link is not known any more. Load the chart again, and use its link from there.',
  'unknown-scenario': 'This sandbox has no such scenario any more. Look for it in the list of scenarios.',
  'another-user': 'This scenario is for another user. Its page says for whom: sign in as them and open it again.',
  'not-a-member': 'Your account is not a member of this sandbox.',
} as const;

/** The reasons why no app was opened. They stand in the address of the page that explains them. */
export type Refusal = keyof typeof texts;

/** A refusal in words. The reason comes from an address, so an unknown one gets a general sentence. */
export function refusalText(reason: unknown): string {
  return isRefusal(reason) ? texts[reason] : 'Start it again from the gallery or a chart.';
}

function isRefusal(reason: unknown): reason is Refusal {
  return typeof reason === 'string' && Object.hasOwn(texts, reason);
}
