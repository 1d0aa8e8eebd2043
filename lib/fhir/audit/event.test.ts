import { describe, expect, it } from 'vitest';
import { validateResource } from '../validation/validation.ts';
import { auditEvent } from './event.ts';
import { auditSubtypes, auditType, ownEventCodes } from './own-event.ts';
import { type AuditRecord, auditAction, auditOutcome, auditQuery } from './record.ts';

const record: AuditRecord = {
  id: 'one',
  recorded: new Date('2026-01-02T03:04:05.678Z'),
  interaction: 'search-type',
  action: 'E',
  outcome: 0,
  status: 200,
  method: 'GET',
  path: 'Observation',
  query: 'patient=p1&code=%C3%A4',
  clientId: 'growth_chart',
  username: 'chen',
  fhirUser: 'Practitioner/chen',
  grantId: 'g 1',
  requestId: 'r-1',
  patients: ['p1'],
  patientsAll: 1,
  entities: ['Patient/p1', 'Observation/o1'],
  entitiesAll: 2,
};
const where = { base: 'https://ehr.example/demo/fhir', site: 'demo' };

/** The full record without the optional fields named. */
function without(...names: (keyof AuditRecord)[]): AuditRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !names.includes(name as keyof AuditRecord)),
  ) as unknown as AuditRecord;
}

describe('auditEvent', () => {
  it('is valid R4 and names app, person, patient, request and resource', () => {
    const event = auditEvent(record, where);
    expect(validateResource(event)).toEqual([]);
    expect(event.meta).toEqual({ versionId: '1', lastUpdated: '2026-01-02T03:04:05.678Z' });
    expect(event.agent.map(({ altId, requestor }) => [altId, requestor])).toEqual([
      ['growth_chart', false],
      ['chen', true],
    ]);
    expect(
      event.entity?.map(({ what, description }) => what?.reference ?? what?.identifier?.value ?? description),
    ).toEqual(['Patient/p1', 'GET Observation?patient=p1&code=%C3%A4', 'Observation/o1', 'r-1']);
    expect(Buffer.from(event.entity?.[1]?.query ?? '', 'base64').toString()).toBe('Observation?patient=p1&code=%C3%A4');
    expect(event.source.observer.identifier?.value).toBe(where.base);
    expect(event.agent.some(({ network }) => network)).toBe(false);
  });

  it('has the network address of who sent the request, and why it was done where the kind of event tells it', () => {
    const network = { address: '192.0.2.1', type: '2' };
    const told = (more: Partial<AuditRecord>) => auditEvent({ ...record, address: '192.0.2.1', ...more }, where);
    const purpose = (more: Partial<AuditRecord>) => told(more).purposeOfEvent?.[0]?.coding?.[0]?.code;
    expect(validateResource(told({}))).toEqual([]);
    expect(told({}).agent.map((agent) => agent.network)).toEqual([network, undefined]);
    expect(told({ interaction: 'cds-hook' }).agent.map((agent) => agent.network)).toEqual([undefined, network]);
    expect(['read', 'chart', 'settings', 'sign-in'].map((interaction) => purpose({ interaction }))).toEqual([
      undefined,
      'TREAT',
      'HSYSADMIN',
      undefined,
    ]);
    expect(purpose({ interaction: 'chart', fhirUser: 'Patient/p1' })).toBe('PATRQT');
  });

  it('says how many events it stands for', () => {
    const detail = (repeated: number) => auditEvent({ ...record, repeated }, where).entity?.[1]?.detail?.slice(2);
    expect([detail(1), detail(7)]).toEqual([[], [{ type: 'events', valueString: '7' }]]);
  });

  it.each([
    ['a backend service', without('username', 'fhirUser', 'grantId'), ['growth_chart']],
    ['a page of the EHR', without('clientId', 'grantId', 'requestId'), ['ehr', 'chen']],
    ['a user without a resource', without('fhirUser'), ['growth_chart', 'chen']],
    ['a request without a query', { ...record, query: '' }, ['growth_chart', 'chen']],
    ['what touched nobody', { ...record, patients: [], entities: [], outcome: 8 as const }, ['growth_chart', 'chen']],
    ...ownEventCodes.map((interaction): [string, AuditRecord, string[]] => [
      interaction,
      { ...record, interaction },
      ['growth_chart', 'chen'],
    ]),
  ])('of %s is valid too, and has one requestor', (_, one, agents) => {
    const event = auditEvent(one, where);
    expect(validateResource(event)).toEqual([]);
    expect(event.agent.map(({ altId }) => altId)).toEqual(agents);
    expect(event.agent.filter(({ requestor }) => requestor)).toHaveLength(1);
  });
});

it.each([
  ['read', 'rest', ['read']],
  ['constructor', 'rest', ['constructor']],
  ['chart', '110110', ['chart']],
  ['lookup', '110112', ['lookup']],
  ['cds-hook', '110106', ['cds-hook']],
  ['import', '110107', ['import']],
  ['member', '110113', ['member', '110137']],
  ['settings', '110113', ['settings', '110129']],
])('%s is an event of type %s and the subtypes %j', (interaction, type, subtypes) => {
  expect(auditType(interaction).code).toBe(type);
  expect(auditSubtypes(interaction).map(({ code }) => code)).toEqual(subtypes);
});

it('names a CDS service as the destination, and an app as the source', () => {
  const role = (interaction: string) =>
    auditEvent({ ...record, interaction }, where).agent[0]?.type?.coding?.[0]?.display;
  expect([role('cds-hook'), role('read')]).toEqual(['Destination Role ID', 'Source Role ID']);
});

it.each([
  ['read', 'R'],
  ['cds-hook', 'R'],
  ['lookup', 'E'],
  ['order', 'C'],
  ['history-type', 'R'],
  ['create', 'C'],
  ['patch', 'U'],
  ['delete', 'D'],
  ['search-type', 'E'],
  ['transaction', 'E'],
  ['constructor', 'E'],
])('%s is action %s', (interaction, action) => expect(auditAction(interaction)).toBe(action));

it.each([
  [200, 0],
  [304, 0],
  [403, 4],
  [500, 8],
])('HTTP %i is outcome %s', (status, outcome) => expect(auditOutcome(status)).toBe(outcome));

it.each([
  ['?name=berg&birthdate=2000', 'name=berg&birthdate=2000'],
  ['?access_token=a&name=b&Client_Secret=c', 'access_token=***&name=b&Client_Secret=***'],
  ['?code=a&identifier=token', 'code=a&identifier=token'],
  ['', ''],
  [`?a=${'b'.repeat(5000)}`, `a=${'b'.repeat(3998)}`],
])('redacts and cuts the query %.60s', (sent, kept) => expect(auditQuery(sent)).toBe(kept));
