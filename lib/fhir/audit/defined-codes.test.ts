import { readFileSync } from 'node:fs';
import type { Coding } from 'fhir/r4';
import { expect, it } from 'vitest';
import { r4Codes } from '../tests/r4-codes.ts';
import { auditEvent } from './event.ts';
import { auditSubtypes, auditType, ownEventCodes } from './own-event.ts';
import { type AuditRecord, auditAction } from './record.ts';

const record: AuditRecord = {
  id: 'one',
  recorded: new Date('2026-01-02T03:04:05.678Z'),
  interaction: 'read',
  action: 'R',
  outcome: 0,
  status: 200,
  method: 'GET',
  path: 'Observation/o1',
  query: '',
  username: 'chen',
  requestId: 'r-1',
  patients: ['p1'],
  patientsAll: 1,
  entities: ['Patient/p1', 'Observation/o1'],
  entitiesAll: 2,
};

/**
 * IHE defines them, in its Basic Audit Log Patterns and its Internet User Authorization.
 * @see https://profiles.ihe.net/ITI/BALP/CodeSystem-BasicAuditEntityType.html
 * @see https://profiles.ihe.net/ITI/IUA/index.html#3715131-client-authorization-agent-audit
 */
const ofIhe = [
  'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType|XrequestId',
  'urn:ihe:event-type-code|ITI-71',
];

const defined = new Set([...r4Codes(), ...ofIhe]);

/** Every Coding in a value, however deep. */
function codings(value: unknown): Coding[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'code' in value && typeof value.code === 'string' ? [value as Coding] : [];
  return [...own, ...Object.values(value).flatMap(codings)];
}

it.each(['read', ...ownEventCodes])('every code of an event of %s is defined in its code system', (interaction) => {
  const event = auditEvent({ ...record, interaction, action: auditAction(interaction) }, { base: 'b', site: 's' });
  const withSystem = codings(event).filter(({ system }) => system !== undefined);
  expect(withSystem.map(({ system, code }) => `${system}|${code}`).filter((code) => !defined.has(code))).toEqual([]);
  expect(defined).toContain(`http://hl7.org/fhir/audit-event-action|${event.action}`);
  expect(defined).toContain(`http://hl7.org/fhir/audit-event-outcome|${event.outcome}`);
});

it('every code of our own, which has no system, is explained to whoever reads the log', () => {
  const rows = readFileSync('docs/audit-events.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\| (.+?) +\| (.+?) +\| .+\|$/gm);
  const explained = [...rows].map(([, code, type, subtype]) => [code, type, subtype]);
  const name = (coding?: Coding) => (coding ? `${coding.code} ${coding.display}` : '');
  expect(explained).toEqual(
    ownEventCodes.map((code) => [code, name(auditType(code)), name(auditSubtypes(code)[1]) || '–']),
  );
});
