import { contentOf, listOf, namedPart } from './contents.ts';
import { codesOf, filterText } from './filters.ts';
import { parseScope, type ResourceScope, type Verb } from './scope.ts';

/** The facts on which the wording depends: who reads it, and how long the app's access lasts. */
export interface ScopeReader {
  /** Whether the record is the reader's own. */
  ownRecord?: boolean;
  /** Whether an administrator reads, who decides for the users of the sandbox. */
  forUsers?: boolean;
  /** How long the app may go on while the user is away, in seconds. */
  offlineSeconds: number;
}

const named = new Map<string, string>(
  Object.entries<string>({
    openid: 'Know that it is you who signed in.',
    fhirUser: 'See who you are here: your name and your role.',
    profile: 'See who you are here: your name and your role.',
    launch: 'Know what was open in the EHR when you started the app.',
    'launch/patient': 'Know which patient it is about.',
    'launch/encounter': 'Know which visit it is about.',
    online_access: 'Keep its access for as long as you are signed in here.',
    'smart/orchestrate_launch': 'Start other apps and tell them which patient they are about.',
    __introspect: 'Ask this server what the access of other apps is worth.',
  }),
);

/** Types about the hospital, its staff or things, which belong to no patient. */
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

/** Describes what a scope allows an app, in a sentence for the person who is asked to allow it. */
export function describeScope(text: string, reader: ScopeReader): string {
  const scope = parseScope(text);
  if (scope?.kind === 'resource') return describeResourceScope(scope, reader);
  if (text === 'offline_access') {
    return `Keep its access for up to ${durationText(reader.offlineSeconds)}, also while you are not here.`;
  }
  return named.get(text) ?? `Use the permission “${text}”.`;
}

function describeResourceScope(scope: ResourceScope, reader: ScopeReader): string {
  const deed = deedOf(scope.verbs);
  const { content, filters } = contentAndFilters(scope);
  const only = filters.length > 0 ? `, only ${filters.join(' and ')}` : '';
  return `${deed[0]?.toUpperCase()}${deed.slice(1)} ${whose(scope, content, reader)}${only}.`;
}

/** The verbs in words. Reading is `see`, with or without searching; only searching without reading is `search`. */
function deedOf(verbs: Verb[]): string {
  const reading = verbs.includes('r') ? ['see'] : verbs.includes('s') ? ['search'] : [];
  const deeds: [Verb, string][] = [
    ['c', 'add'],
    ['u', 'change'],
    ['d', 'delete'],
  ];
  return listOf([...reading, ...deeds.filter(([verb]) => verbs.includes(verb)).map(([, deed]) => deed)]);
}

/** The content in words, and the remaining filters: one search parameter may be part of the content's name. */
function contentAndFilters({ resourceType, parameters }: ResourceScope): { content: string; filters: string[] } {
  const names = parameters.map(([name, value]) => namedPart(resourceType, name, codesOf(value)));
  const naming = names.findIndex((name) => name !== undefined);
  const others = parameters.filter((_, index) => index !== naming);
  return {
    content: names[naming] ?? contentOf(resourceType),
    filters: others.map(([name, value]) => filterText(name, value)),
  };
}

function whose(
  { level, resourceType }: ResourceScope,
  content: string,
  { ownRecord = false, forUsers = false }: ScopeReader,
): string {
  const to = ownRecord && level !== 'system' ? 'own' : level === 'user' && forUsers ? 'users' : level;
  if (resourceType === '*') return everythingOf[to];
  if (impersonal.has(resourceType)) return content;
  return to === 'own' ? `your ${content}` : `${content} ${owners[to]}`;
}

const everythingOf = {
  own: 'everything in your record',
  patient: 'everything in the record of this patient',
  user: 'everything that you may see here yourself',
  users: 'everything that the user may see',
  system: 'everything in this sandbox',
};

const owners = {
  patient: 'of this patient',
  user: 'of every patient you may see',
  users: 'of every patient whom the user may see',
  system: 'of all patients',
};

const units: [name: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** A number of seconds in words, in the largest unit that is exact: `90 days`, `36 hours`, `1 hour`. */
export function durationText(seconds: number): string {
  const [name, length] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** Tells whether a scope lets an app change or delete something, which the consent page points out. */
export function changesData(text: string): boolean {
  const scope = parseScope(text);
  return scope?.kind === 'resource' && scope.verbs.some((verb) => verb === 'c' || verb === 'u' || verb === 'd');
}
