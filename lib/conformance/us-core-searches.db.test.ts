import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { searchResources } from '#lib/data/search/search.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { dateRange } from '#lib/fhir/value/date-range.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { generateSandboxData } from '#prisma/seed/generate.ts';

/**
 * Proves the searches that US Core requires of a server, on generated data. Each search is made from the values of some
 * resource that has all of them, and its result compared with that of checking every resource one by one.
 * @see https://hl7.org/fhir/us/core/STU5.0.1/CapabilityStatement-us-core-server.html
 */
type Any = { [name: string]: never } & { id: string; resourceType: string };

/** How a search parameter compares, and the values it compares within a resource. */
type Kind = 'token' | 'date' | 'string' | 'reference';
type Rule = [kind: Kind, values: (resource: Any) => unknown];

/** All values at a path, through arrays; none where elements are missing. */
const at = (path: string) => (resource: unknown) =>
  path.split('.').reduce<unknown[]>((found, name) => found.flatMap((one) => (one as Any)?.[name] ?? []), [resource]);
const token = (path: string): Rule => ['token', at(path)];
const codes = (path: string) => token(`${path}.coding`);
const date = (...paths: string[]): Rule => ['date', (resource) => paths.flatMap((path) => at(path)(resource))];
const text = (...paths: string[]): Rule => ['string', (resource) => paths.flatMap((path) => at(path)(resource))];
const reference = (path: string): Rule => ['reference', at(`${path}.reference`)];
const extension = (name: string) => (resource: Any) =>
  (at('extension')(resource) as { url: string; extension?: unknown[] }[])
    .filter(({ url }) => url.endsWith(`us-core-${name}`))
    .flatMap((one) => at('extension.valueCoding')(one));

const subject = { patient: reference('subject') };
const patient = { patient: reference('patient') };

const rules: Record<string, Record<string, Rule>> = {
  Patient: {
    _id: token('id'),
    identifier: token('identifier'),
    name: text('name.family', 'name.given', 'name.prefix', 'name.suffix', 'name.text'),
    family: text('name.family'),
    given: text('name.given'),
    birthdate: date('birthDate'),
    gender: token('gender'),
    race: ['token', extension('race')],
    ethnicity: ['token', extension('ethnicity')],
  },
  AllergyIntolerance: { ...patient, 'clinical-status': codes('clinicalStatus') },
  CarePlan: { ...subject, category: codes('category'), date: date('period'), status: token('status') },
  CareTeam: { ...subject, status: token('status'), role: codes('participant.role') },
  Condition: {
    ...subject,
    category: codes('category'),
    'clinical-status': codes('clinicalStatus'),
    code: codes('code'),
    'onset-date': date('onsetDateTime'),
    'recorded-date': date('recordedDate'),
    'abatement-date': date('abatementDateTime'),
    encounter: reference('encounter'),
  },
  DiagnosticReport: {
    ...subject,
    category: codes('category'),
    code: codes('code'),
    date: date('effectiveDateTime', 'effectivePeriod'),
    status: token('status'),
  },
  DocumentReference: {
    _id: token('id'),
    ...subject,
    category: codes('category'),
    date: date('date'),
    type: codes('type'),
    status: token('status'),
    period: date('context.period'),
  },
  Encounter: {
    _id: token('id'),
    ...subject,
    date: date('period'),
    class: token('class'),
    type: codes('type'),
    location: reference('location.location'),
    'discharge-disposition': codes('hospitalization.dischargeDisposition'),
    status: token('status'),
  },
  Goal: {
    ...subject,
    'lifecycle-status': token('lifecycleStatus'),
    'target-date': date('target.dueDate'),
    description: codes('description'),
  },
  Immunization: { ...patient, date: date('occurrenceDateTime'), status: token('status') },
  MedicationRequest: {
    ...subject,
    intent: token('intent'),
    status: token('status'),
    encounter: reference('encounter'),
    authoredon: date('authoredOn'),
  },
  Observation: {
    ...subject,
    category: codes('category'),
    code: codes('code'),
    date: date('effectiveDateTime', 'effectivePeriod'),
    status: token('status'),
  },
  Procedure: {
    ...subject,
    date: date('performedDateTime', 'performedPeriod'),
    status: token('status'),
    code: codes('code'),
  },
  Practitioner: {
    _id: token('id'),
    name: text('name.family', 'name.given', 'name.prefix', 'name.suffix'),
    identifier: token('identifier'),
  },
  PractitionerRole: { specialty: codes('specialty'), practitioner: reference('practitioner') },
  Organization: {
    name: text('name'),
    address: text('address.line', 'address.city', 'address.state', 'address.postalCode'),
  },
  Location: {
    name: text('name'),
    address: text('address.line', 'address.city', 'address.state', 'address.postalCode'),
    'address-city': text('address.city'),
    'address-state': text('address.state'),
    'address-postalcode': text('address.postalCode'),
  },
};

const searches: [type: string, combinations: string[]][] = [
  [
    'Patient',
    [
      '_id',
      'identifier',
      'name',
      'birthdate name',
      'gender name',
      'birthdate family',
      'family gender',
      'race',
      'ethnicity',
      'given',
    ],
  ],
  ['AllergyIntolerance', ['patient', 'patient clinical-status']],
  [
    'CarePlan',
    ['patient category', 'patient category date', 'patient category status', 'patient category status date'],
  ],
  ['CareTeam', ['patient status', 'patient role']],
  [
    'Condition',
    [
      'patient',
      'patient category',
      'patient clinical-status',
      'patient category clinical-status',
      'patient code',
      'patient onset-date',
      'patient recorded-date',
      'patient abatement-date',
      'patient category encounter',
    ],
  ],
  [
    'DiagnosticReport',
    ['patient', 'patient category', 'patient category date', 'patient code', 'patient code date', 'patient status'],
  ],
  [
    'DocumentReference',
    [
      '_id',
      'patient',
      'patient category',
      'patient category date',
      'patient type',
      'patient status',
      'patient type period',
    ],
  ],
  [
    'Encounter',
    [
      '_id',
      'patient',
      'date patient',
      'class patient',
      'type patient',
      'patient location',
      'patient discharge-disposition',
      'patient status',
    ],
  ],
  ['Goal', ['patient', 'patient lifecycle-status', 'patient target-date', 'patient description']],
  ['Immunization', ['patient', 'patient date', 'patient status']],
  [
    'MedicationRequest',
    ['patient intent', 'patient intent status', 'patient intent encounter', 'patient intent authoredon'],
  ],
  [
    'Observation',
    ['patient category', 'patient category date', 'patient code', 'patient code date', 'patient category status'],
  ],
  ['Procedure', ['patient', 'patient date', 'patient status', 'patient code date']],
  ['Practitioner', ['_id', 'name', 'identifier']],
  ['PractitionerRole', ['specialty', 'practitioner']],
  ['Organization', ['name', 'address']],
  ['Location', ['name', 'address', 'address-city', 'address-state', 'address-postalcode']],
];

interface Condition {
  sent: string;
  holds(value: unknown): boolean;
}

const plain = (value: string) => value.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const escaped = (value: string) => value.replaceAll(/[\\,|$]/g, '\\$&');

function period(value: unknown): { low: number; high: number } {
  if (typeof value === 'string') return dateRange(value) ?? { low: 0, high: 0 };
  const { start, end } = value as { start?: string; end?: string };
  return {
    low: start ? (dateRange(start)?.low ?? 0) : Number.NEGATIVE_INFINITY,
    high: end ? (dateRange(end)?.high ?? 0) : Number.POSITIVE_INFINITY,
  };
}

function within(value: unknown, { low, high }: { low: number; high: number }): boolean {
  return period(value).low >= low && period(value).high <= high;
}

/** Searches that match a value, each with a predicate that decides which other values match too. */
const conditions: Record<Kind, (value: never) => Condition[]> = {
  token: (value: string | { system?: string; code?: string; value?: string }) => {
    const codeOf = (one: unknown) =>
      (typeof one === 'string' ? one : ((one as Any).code ?? (one as Any).value)) as string;
    const systemOf = (one: unknown) => (typeof one === 'string' ? undefined : (one as { system?: string }).system);
    const [code, system] = [codeOf(value), systemOf(value)];
    const bare = { sent: escaped(code), holds: (one: unknown) => codeOf(one) === code };
    if (system === undefined) return [bare];
    return [
      bare,
      { sent: `${system}|${escaped(code)}`, holds: (one) => codeOf(one) === code && systemOf(one) === system },
    ];
  },
  string: (value: string) => {
    const start = plain(value).slice(0, 3);
    return [{ sent: escaped(value.slice(0, 3)), holds: (one) => plain(String(one)).startsWith(start) }];
  },
  reference: (value: string) => [
    { sent: value, holds: (one) => one === value },
    { sent: value.split('/')[1] ?? '', holds: (one) => one === value },
  ],
  date: (value: unknown) => {
    const day = new Date(period(value).low).toISOString().slice(0, 10);
    const { low, high } = period(day);
    const year = period(day.slice(0, 4));
    return [
      { sent: day, holds: (one) => within(one, { low, high }) },
      { sent: `ge${day}`, holds: (one) => period(one).high > high || within(one, { low, high }) },
      { sent: `lt${day}`, holds: (one) => period(one).low < low },
      { sent: `le${day.slice(0, 4)}`, holds: (one) => period(one).low < year.low || within(one, year) },
    ];
  },
};

const now = new Date('2026-11-18T15:20:47.123Z');
const resources = [...generateSandboxData({ patients: 40, seed: 5, now })].flatMap(
  (bundle) => bundle.entry?.flatMap(({ resource }) => resource ?? []) ?? [],
) as unknown as Any[];
/** Resources for two elements that generated data never has as codes. */
const aboutNobody = { subject: { reference: 'Patient/nobody' } };
const more = ['home', 'exp'].flatMap((code) => [
  {
    resourceType: 'Encounter',
    id: `discharged-${code}`,
    status: 'finished',
    class: { code: 'IMP' },
    ...aboutNobody,
    hospitalization: { dischargeDisposition: { coding: [{ system: 'http://x.example', code }] } },
  },
  {
    resourceType: 'Goal',
    id: `goal-${code}`,
    lifecycleStatus: 'active',
    ...aboutNobody,
    description: { text: code, coding: [{ system: 'http://x.example', code }] },
  },
]);
resources.push(...(more as unknown as Any[]));

const permission = { scopes: resourceScopes('system/*.rs') };
let sandboxId: number;

beforeAll(async () => {
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug: 'us-core', name: 'US Core' } }));
  await putResources(sandboxId, resources as unknown as Resource[]);
});

async function find(type: string, pairs: [string, string][]): Promise<{ matches: string[]; included: string[] }> {
  const request = parseSearch(type, [...pairs, ['_count', '1000']]);
  expect(request.ignored).toEqual([]);
  const { matches, included } = await searchResources({ sandboxId, permission }, request);
  return {
    matches: matches.map(({ id }) => id).sort(),
    included: included.map(({ resourceType, id }) => `${resourceType}/${id}`).sort(),
  };
}

describe.each(searches)('%s', (type, combinations) => {
  const all = resources.filter(({ resourceType }) => resourceType === type);

  it.each(combinations)('by %s', async (combination) => {
    const names = combination.split(' ');
    const valuesOf = (name: string, resource: Any) => {
      const [, values] = rules[type]?.[name] ?? ['token', () => []];
      return values(resource) as unknown[];
    };
    const complete = all.filter((one) => names.every((name) => valuesOf(name, one).length > 0));
    expect(complete.length, `resources with ${combination}`).toBeGreaterThan(0);
    const samples = [0, 0.4, 0.8].flatMap((share) => complete[Math.floor(share * complete.length)] ?? []);
    for (const sample of new Set(samples)) {
      const ways = names.map((name) =>
        conditions[rules[type]?.[name]?.[0] ?? 'token'](valuesOf(name, sample)[0] as never),
      );
      const rounds = Math.max(...ways.map(({ length }) => length));
      for (let turn = 0; turn < rounds; turn++) {
        const chosen = ways.map((way) => way[turn % way.length] as Condition);
        const expected = all.filter((one) =>
          chosen.every(({ holds }, index) => valuesOf(names[index] ?? '', one).some((value) => holds(value))),
        );
        const pairs = chosen.map(({ sent }, index): [string, string] => [names[index] ?? '', sent]);
        const { matches } = await find(type, pairs);
        expect(matches, JSON.stringify(pairs)).toEqual(expected.map(({ id }) => id).sort());
      }
    }
  });
});

describe('Provenance', () => {
  it.each(['Patient', 'Encounter', 'Condition', 'MedicationRequest', 'Observation'])(
    'comes along with %s',
    async (type) => {
      const provenances = resources.filter(({ resourceType }) => resourceType === 'Provenance');
      const { matches, included } = await find(type, [['_revinclude', 'Provenance:target']]);
      const names = new Set(matches.map((id) => `${type}/${id}`));
      const about = provenances.filter((one) =>
        (at('target.reference')(one) as string[]).some((name) => names.has(name)),
      );
      expect(included).toEqual(about.map(({ id }) => `Provenance/${id}`).sort());
    },
  );
});

describe('_include', () => {
  it('brings the medication of a MedicationRequest, and the practitioner of a PractitionerRole', async () => {
    await putResources(sandboxId, [
      { resourceType: 'Medication', id: 'm' },
      {
        resourceType: 'MedicationRequest',
        id: 'with-medication',
        status: 'active',
        intent: 'plan',
        subject: { reference: 'Patient/nobody' },
        medicationReference: { reference: 'Medication/m' },
      },
    ] as Resource[]);
    const one: [string, string][] = [
      ['patient', 'Patient/nobody'],
      ['intent', 'plan'],
      ['_include', 'MedicationRequest:medication'],
    ];
    expect(await find('MedicationRequest', one)).toEqual({ matches: ['with-medication'], included: ['Medication/m'] });
    const roles = await find('PractitionerRole', [['_include', 'PractitionerRole:practitioner']]);
    const expected = resources
      .filter(({ resourceType }) => resourceType === 'PractitionerRole')
      .flatMap((role) => at('practitioner.reference')(role) as string[]);
    expect(roles.included).toEqual([...new Set(expected)].sort());
  });
});

describe("Condition's asserted-date", () => {
  it('is found in its extension', async () => {
    const asserted = (id: string, valueDateTime: string) => ({
      resourceType: 'Condition',
      id,
      subject: { reference: 'Patient/asserting' },
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate', valueDateTime }],
    });
    await putResources(sandboxId, [asserted('a1', '2020-01-01'), asserted('a2', '2021-01-01')] as Resource[]);
    const pairs: [string, string][] = [
      ['patient', 'asserting'],
      ['asserted-date', 'ge2020-06-01'],
    ];
    expect((await find('Condition', pairs)).matches).toEqual(['a2']);
  });
});

describe("Patient's gender-identity", () => {
  it('is found in its extension', async () => {
    const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity';
    const identity = { coding: [{ system: 'http://snomed.info/sct', code: '446141000124107' }] };
    await putResources(sandboxId, [
      { resourceType: 'Patient', id: 'g1', extension: [{ url, valueCodeableConcept: identity }] } as Resource,
    ]);
    const found = (value: string) => find('Patient', [['gender-identity', value]]);
    expect((await found('http://snomed.info/sct|446141000124107')).matches).toEqual(['g1']);
    expect((await found('http://x.example|446141000124107')).matches).toEqual([]);
  });
});
