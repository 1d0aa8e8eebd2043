import { parseScope, type ResourceScope, type Verb } from './scope.ts';

const named: Record<string, string> = {
  openid: 'Know that it is you who signed in.',
  fhirUser: 'See who you are here: your name and your role.',
  profile: 'See who you are here: your name and your role.',
  launch: 'Know what was open in the EHR when you started the app.',
  'launch/patient': 'Know which patient you chose.',
  'launch/encounter': 'Know which encounter you chose.',
  offline_access: 'Keep its access for up to 90 days, also while you are not here.',
  online_access: 'Keep its access for as long as you are signed in.',
  'smart/orchestrate_launch': 'Start other apps and tell them which patient they are about.',
};

/** What people call the content of a resource type, where that is not the type's own name in the plural. */
const contents: Record<string, string> = {
  '*': 'all data',
  AllergyIntolerance: 'allergies and intolerances',
  CarePlan: 'care plans',
  CareTeam: 'care teams',
  Condition: 'problems and diagnoses',
  Coverage: 'insurance',
  DiagnosticReport: 'reports of laboratories and imaging',
  DocumentReference: 'documents and notes',
  Encounter: 'visits and stays',
  Immunization: 'vaccinations',
  MedicationAdministration: 'medications given',
  MedicationRequest: 'prescriptions',
  MedicationStatement: 'medications taken',
  Observation: 'measurements and laboratory results',
  Patient: 'name, birth date, address and other personal details',
  ServiceRequest: 'orders and referrals',
};

/** Types that are about the hospital and its staff, or about things, and so are nobody's in particular. */
const impersonal = new Set([
  'Endpoint',
  'HealthcareService',
  'Library',
  'Location',
  'Medication',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Questionnaire',
  'ValueSet',
]);

const deeds: [verb: Verb, deed: string][] = [
  ['r', 'see'],
  ['s', 'search'],
  ['c', 'add'],
  ['u', 'change'],
  ['d', 'delete'],
];

/** What an app may do with a scope, in a sentence for the person who is asked to allow it. */
export function describeScope(text: string): string {
  const scope = parseScope(text);
  if (scope?.kind === 'resource') return describeResourceScope(scope);
  return named[text] ?? `Use the permission “${text}”.`;
}

function describeResourceScope({ level, resourceType, verbs, parameters }: ResourceScope): string {
  const deed = list(deeds.filter(([verb]) => verbs.includes(verb)).map(([, name]) => name));
  const filter = parameters.map(([name, value]) => `${name} is ${value.split('|').at(-1)}`).join(' and ');
  const of = impersonal.has(resourceType) ? '' : ` ${whose[level]}`;
  const only = filter ? `, only where ${filter}` : '';
  return `${deed[0]?.toUpperCase()}${deed.slice(1)} ${contents[resourceType] ?? plural(resourceType)}${of}${only}.`;
}

const whose: Record<ResourceScope['level'], string> = {
  patient: 'of this patient',
  user: 'of every patient you may see',
  system: 'of all patients',
};

/** `see, search and add` */
function list(words: string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

/** `MedicationDispense` as `medication dispenses`. */
function plural(resourceType: string): string {
  const words = resourceType.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.endsWith('y') ? `${words.slice(0, -1)}ies` : words.endsWith('s') ? words : `${words}s`;
}

/** Whether a scope lets an app change or delete something: what a person should look at twice. */
export function changesData(text: string): boolean {
  const scope = parseScope(text);
  return scope?.kind === 'resource' && scope.verbs.some((verb) => verb === 'c' || verb === 'u' || verb === 'd');
}
