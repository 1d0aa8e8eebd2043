import type { Observation, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

const everything: Permission = { scopes: resourceScopes('system/*.rs') };
const ucum = 'http://unitsofmeasure.org';
let sandboxId: number;

function observation(id: string, of: string, more: Partial<Observation>): Observation {
  const subject = { reference: `Patient/${of}` };
  return { resourceType: 'Observation', id, status: 'final', code: { text: 'Anything' }, subject, ...more };
}

function loinc(code: string, display?: string) {
  return { coding: [{ system: 'http://loinc.org', code, display }] };
}

function quantity(value: number, code: string) {
  return { value, unit: code, system: ucum, code };
}

const resources = [
  {
    resourceType: 'Patient',
    id: 'A',
    meta: {
      tag: [{ system: 'http://tag', code: 'x' }],
      security: [{ system: 'http://security', code: 'R' }],
      profile: ['http://profiles/one|2.0'],
      source: 'http://source/a',
    },
    identifier: [
      {
        type: { coding: [{ system: 'http://v2', code: 'MR' }], text: 'Medical record number' },
        system: 'http://mrn',
        value: '1',
      },
    ],
  },
  { resourceType: 'Patient', id: 'B', identifier: [{ type: { coding: [{ code: 'SS' }] }, value: '1' }] },
  observation('pressure', 'A', {
    code: loinc('85354-9', 'Blood pressure panel'),
    component: [
      { code: loinc('8480-6'), valueQuantity: quantity(120, 'mm[Hg]') },
      { code: loinc('8462-4'), valueQuantity: quantity(80, 'mm[Hg]') },
    ],
  }),
  observation('bili', 'A', { code: loinc('1975-2', 'Bilirubin'), valueQuantity: quantity(5.4, 'mg/dL') }),
  observation('bili-other', 'B', { code: loinc('1975-2'), valueQuantity: quantity(0.054, 'g/L') }),
  observation('fever', 'B', { code: loinc('8310-5'), valueQuantity: quantity(37, 'Cel') }),
  observation('concept', 'B', {
    code: { text: 'Smoking status', coding: [{ code: 'smoke|%' }] },
    valueCodeableConcept: { coding: [{ system: 'http://answers', code: 'never' }] },
  }),
  observation('text', 'B', { code: loinc('text'), valueString: 'Clear, yellow' }),
  observation('when', 'B', { code: loinc('when'), valueDateTime: '2024-02-03' }),
  observation('logical', 'B', {
    subject: { identifier: { system: 'http://mrn', value: '7' } },
    focus: [{ reference: 'Observation/bili' }],
  }),
  {
    resourceType: 'DocumentReference',
    id: 'document',
    status: 'current',
    content: [{ attachment: {} }],
    relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/older' } }],
  },
  {
    resourceType: 'ValueSet',
    id: 'set',
    status: 'active',
    url: 'http://acme.example/sets/one',
    useContext: [
      {
        code: { system: 'http://usage', code: 'age' },
        valueRange: { low: quantity(1, 'a'), high: quantity(3, 'a') },
      },
    ],
  },
  {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: 'Patient/A' },
  },
  {
    resourceType: 'Provenance',
    id: 'origin',
    recorded: '2024-01-01T00:00:00Z',
    agent: [{ who: { display: 'x' } }],
    target: [{ reference: 'Observation/fever' }],
  },
  {
    resourceType: 'MolecularSequence',
    id: 'sequence',
    coordinateSystem: 1,
    referenceSeq: {
      chromosome: { coding: [{ system: 'http://chromosomes', code: '1' }] },
      referenceSeqId: { coding: [{ system: 'http://ncbi', code: 'NC_000009.11' }] },
      windowStart: 50,
      windowEnd: 500,
    },
    variant: [
      { start: 120, end: 130 },
      { start: 300, end: 340 },
    ],
  },
  {
    resourceType: 'RiskAssessment',
    id: 'risk',
    status: 'final',
    subject: { reference: 'Patient/A' },
    prediction: [{ probabilityDecimal: 0.8 }],
  },
] as Resource[];

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'clauses', name: 'Clauses' } })).id;
  await putResources(sandboxId, resources);
});

async function search(type: string, queryString: string, permission = everything) {
  const request = parseSearch(type, [...new URLSearchParams(queryString)], 'https://ehr.example/clauses/fhir');
  expect(request.ignored).toEqual([]);
  const { matches, total } = await searchResources({ sandboxId, permission }, request);
  const ids = matches.map(({ id }) => id).toSorted();
  expect(total).toBe(ids.length);
  const counted = parseSearch(type, [...new URLSearchParams(`${queryString}&_summary=count`)]);
  expect((await searchResources({ sandboxId, permission }, counted)).total).toBe(ids.length);
  return ids.join(' ');
}

describe('searchResources', () => {
  it.each([
    ['Observation', 'component-code-value-quantity=8480-6$120', 'pressure'],
    ['Observation', 'component-code-value-quantity=8480-6$80', ''],
    ['Observation', 'component-code-value-quantity=8462-4$lt90', 'pressure'],
    ['Observation', 'component-code-value-quantity=8480-6$lt90', ''],
    ['Observation', `component-code-value-quantity=http://loinc.org|8480-6$gt100|${ucum}|mm[Hg]`, 'pressure'],
    ['Observation', `component-code-value-quantity=http://loinc.org|8480-6$gt15|${ucum}|kPa`, 'pressure'],
    ['Observation', `component-code-value-quantity=http://loinc.org|8480-6$gt17|${ucum}|kPa`, ''],
    ['Observation', 'component-code-value-quantity=http://other|8480-6$gt100', ''],
    ['Observation', 'component-code-value-quantity=|8480-6$gt100', ''],
    ['Observation', 'component-code-value-quantity=http://loinc.org|$gt100', 'pressure'],
    ['Observation', 'component-code-value-quantity=8480$gt100', ''],
    ['Observation', 'combo-code-value-quantity=8480-6$120,1975-2$5.4', 'bili pressure'],
    ['Observation', 'code-value-quantity=8480-6$120', ''],
    ['Observation', 'code-value-quantity:missing=false', 'bili bili-other fever'],
    ['Observation', 'component-code-value-quantity:missing=false', 'pressure'],
    ['Observation', 'code-value-concept=smoke\\|%25$http://answers|never', 'concept'],
    ['Observation', 'code-value-concept=smoke\\|%25$always', ''],
    ['Observation', 'code-value-string=text$clear\\, yel', 'text'],
    ['Observation', 'code-value-date=when$ge2024', 'when'],
    ['Observation', 'code-value-date=when$lt2024', ''],
    ['DocumentReference', 'relationship=replaces$DocumentReference/older', 'document'],
    ['DocumentReference', 'relationship=appends$DocumentReference/older', ''],
    ['ValueSet', 'context-type-quantity=http://usage|age$2', ''],
    ['ValueSet', 'context-type-quantity=http://usage|age$gt2', 'set'],
    ['ValueSet', `context-type-quantity=http://usage|age$lt500|${ucum}|d`, 'set'],
    ['ValueSet', `context-type-quantity=http://usage|age$lt300|${ucum}|d`, ''],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$lt345$gt123', 'sequence'],
    ['MolecularSequence', 'chromosome-variant-coordinate=http://chromosomes|1$120$130', 'sequence'],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$120$340', ''],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$gt200$lt200', ''],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$ge300$le340', 'sequence'],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$lt130$gt135', ''],
    ['MolecularSequence', 'chromosome-variant-coordinate=2$lt345$gt123', ''],
    ['MolecularSequence', 'chromosome-variant-coordinate=2$1$1,1$300$340', 'sequence'],
    ['MolecularSequence', 'referenceseqid-variant-coordinate=NC_000009.11$ap300$340', 'sequence'],
    ['MolecularSequence', 'chromosome-window-coordinate=1$50$500', 'sequence'],
    ['MolecularSequence', 'chromosome-window-coordinate=1$lt50$500', ''],
    ['MolecularSequence', 'referenceseqid-window-coordinate=http://ncbi|NC_000009.11$le50$ge500', 'sequence'],
    ['MolecularSequence', 'chromosome-variant-coordinate:missing=false', 'sequence'],
    ['MolecularSequence', 'referenceseqid-window-coordinate:missing=true', ''],
  ])('keeps what a composite compares in one element: %s?%s', async (type, queryString, expected) => {
    expect(await search(type, queryString)).toBe(expected);
  });

  it.each([
    ['Observation', `value-quantity=54|${ucum}|mg/L`, 'bili bili-other'],
    ['Observation', `value-quantity=5.4|${ucum}|mg/dL`, 'bili bili-other'],
    ['Observation', `value-quantity=5.5|${ucum}|mg/dL`, ''],
    ['Observation', `value-quantity=gt5.4|${ucum}|mg/dL`, ''],
    ['Observation', `value-quantity=ge5.4|${ucum}|mg/dL`, 'bili bili-other'],
    ['Observation', 'value-quantity=5.4||mg/dL', 'bili'],
    ['Observation', 'value-quantity=5.4|http://else|mg/dL', ''],
    ['Observation', `value-quantity=98.6|${ucum}|[degF]`, 'fever'],
    ['Observation', `value-quantity=ge98.6|${ucum}|[degF]`, 'fever'],
    ['Observation', `value-quantity=le98.6|${ucum}|[degF]`, 'fever'],
    ['Observation', `value-quantity=gt98.6|${ucum}|[degF]`, ''],
    ['Observation', `value-quantity=310|${ucum}|K`, 'fever'],
    ['Observation', `value-quantity=310.0|${ucum}|K`, ''],
    ['Observation', `value-quantity=ap5|${ucum}|mg/dL`, 'bili bili-other'],
    ['Observation', `value-quantity=37|${ucum}|furlong`, ''],
    ['RiskAssessment', 'probability=gt0.7', 'risk'],
    ['RiskAssessment', 'probability=0.8', 'risk'],
    ['RiskAssessment', 'probability=1', 'risk'],
    ['RiskAssessment', 'probability=0.80', 'risk'],
    ['RiskAssessment', 'probability=0.81', ''],
    ['RiskAssessment', 'probability=ne0.8', ''],
    ['RiskAssessment', 'probability=le8e-1', 'risk'],
    ['RiskAssessment', 'probability=eb0.8', ''],
    ['RiskAssessment', 'probability=sa0.79', 'risk'],
    ['RiskAssessment', 'probability=ap0.75', 'risk'],
    ['RiskAssessment', 'probability=ap0.7', ''],
  ])('compares numbers and quantities: %s?%s', async (type, queryString, expected) => {
    expect(await search(type, queryString)).toBe(expected);
  });

  it.each([
    ['Patient', 'identifier:of-type=http://v2|MR|1', 'A'],
    ['Patient', 'identifier:of-type=|SS|1', 'B'],
    ['Patient', 'identifier:of-type=http://v2|MR|2', ''],
    ['Patient', 'identifier:text=medical', 'A'],
    ['Patient', '_tag=http://tag|x', 'A'],
    ['Patient', '_tag:not=x', 'B'],
    ['Patient', '_security=R', 'A'],
    ['Patient', '_profile=http://profiles/one|2.0', 'A'],
    ['Patient', '_profile:below=http://profiles/', 'A'],
    ['Patient', '_source=http://source/a', 'A'],
    ['Patient', '_source:missing=true', 'B'],
    ['Observation', 'code:text=bili', 'bili'],
    ['Observation', 'code:text=smoking', 'concept'],
    ['Observation', 'code:text=rubin', ''],
    ['Observation', 'subject:identifier=http://mrn|7', 'logical'],
    ['Observation', 'subject:identifier=8', ''],
    ['ValueSet', 'url:below=http://acme.example/', 'set'],
    ['ValueSet', 'url:below=http://acme.example/s_ts', ''],
    ['ValueSet', 'url:above=http://acme.example/sets/one/two', 'set'],
    ['ValueSet', 'url:above=http://acme.example/', ''],
  ])('understands modifiers: %s?%s', async (type, queryString, expected) => {
    expect(await search(type, queryString)).toBe(expected);
  });

  it.each([
    ['Patient', '_has:Observation:patient:code=1975-2', 'A B'],
    ['Patient', '_has:Observation:subject:code:text=bili', 'A'],
    ['Patient', '_has:Observation:patient:code=1975-2&_has:Encounter:patient:status=finished', 'A'],
    ['Patient', '_has:Observation:patient:code=nothing,8310-5', 'B'],
    ['Patient', '_has:Observation:patient:component-code-value-quantity=8480-6$gt100', 'A'],
    ['Patient', '_has:Observation:patient:_has:Provenance:target:recorded=2024', 'B'],
    ['Patient', '_has:Observation:patient:_has:Provenance:target:recorded=2023', ''],
    ['Patient', '_has:Observation:subject:_id=bili', 'A'],
    ['Observation', 'subject._has:Encounter:patient:status=finished', 'bili pressure'],
    ['Observation', '_has:Observation:focus:subject:identifier=7', 'bili'],
    ['Patient', '_has:Observation:patient:subject.identifier=http://mrn|1', 'A'],
  ])('looks at what points here: %s?%s', async (type, queryString, expected) => {
    expect(await search(type, queryString)).toBe(expected);
  });
});

describe('searchResources within a permission', () => {
  it.each([
    ['system/Patient.s', 'Patient', '_has:Observation:patient:code=1975-2', ''],
    ['system/Patient.s system/Observation.r', 'Patient', '_has:Observation:patient:code=1975-2', ''],
    ['system/Patient.s system/Observation.s', 'Patient', '_has:Observation:patient:code=1975-2', 'A B'],
    ['system/Patient.s system/Observation.s?code=8310-5', 'Patient', '_has:Observation:patient:code=1975-2', ''],
    ['system/Patient.s system/Observation.s?code=8310-5', 'Patient', '_has:Observation:patient:status=final', 'B'],
    [
      'system/Patient.s system/Observation.s',
      'Patient',
      '_has:Observation:patient:_has:Provenance:target:recorded=2024',
      '',
    ],
    ['system/Patient.s patient/Observation.s', 'Patient', '_has:Observation:patient:code=1975-2', 'A'],
    ['patient/*.rs', 'Patient', '_has:Observation:patient:code=8310-5', ''],
    ['patient/*.rs', 'Observation', 'code-value-quantity=1975-2$ge0', 'bili'],
    ['patient/*.rs', 'Observation', `value-quantity=gt0|${ucum}|g/L`, 'bili'],
    ['patient/*.rs', 'Observation', '_has:Observation:focus:status=final', ''],
    ['system/Observation.s?code-value-quantity=1975-2$gt1', 'Observation', '', 'bili'],
    ['system/Observation.s?_has:Provenance:target:recorded=2024', 'Observation', '', ''],
    ['system/Observation.s?code:text=bili', 'Observation', '', 'bili'],
  ])('with %s finds %s?%s', async (scope, type, queryString, expected) => {
    expect(await search(type, queryString, { scopes: resourceScopes(scope), patient: 'A' })).toBe(expected);
  });
});
