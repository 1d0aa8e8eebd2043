import type { FhirResource, OperationOutcome } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { query, sql } from '#lib/data/database/sql.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { log } from '#lib/log/log.ts';
import { fhirServer } from '../fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

/** The resources that are stored before the bad requests. */
export const records = [
  {
    resourceType: 'Patient',
    id: 'A',
    name: [{ family: 'Alpha' }],
    link: [{ other: { reference: 'Patient/B' }, type: 'seealso' }],
  },
  {
    resourceType: 'Patient',
    id: 'B',
    name: [{ family: 'Beta' }],
    link: [{ other: { reference: 'Patient/A' }, type: 'seealso' }],
  },
  { resourceType: 'Patient', id: 'C', name: [{ family: 'Gamma' }] },
  {
    resourceType: 'Observation',
    id: 'a1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '1' }] },
    subject: { reference: 'Patient/A' },
    valueQuantity: { value: 1 },
    effectiveDateTime: '2024-01-01',
    hasMember: [{ reference: 'Observation/a2' }],
  },
  {
    resourceType: 'Observation',
    id: 'a2',
    status: 'final',
    code: { text: 'x' },
    subject: { reference: 'Patient/A' },
    hasMember: [{ reference: 'Observation/a1' }],
  },
] as FhirResource[];

/** The errors that the server has logged. */
let faults: unknown[];

/**
 * Surrounds each file of tests with bad requests. Whatever is sent, there must be no 500 but an OperationOutcome that
 * states the problem, nothing may be stored, and the server must go on working.
 */
export function serveThroughout(): void {
  beforeAll(async () => {
    here = await fhirServer({
      clinician: { scope: 'user/*.cruds' },
      launched: { scope: 'patient/*.cruds', patient: 'A' },
    });
    await here.put(records);
  });
  beforeEach(() => {
    faults = [];
    vi.spyOn(log, 'error').mockImplementation((...args) => void faults.push(args));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(expectHealthy);
}

/** Expects that every connection of the pool still works and none is left inside a transaction. */
async function expectHealthy(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 50 }, () => here.send('GET', '/Patient/C', 'clinician')));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const stuck = await query(
    sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );
  expect(stuck).toEqual([]);
}

/** The content of all tables that hold data sent by clients. */
export async function stored(): Promise<unknown> {
  return query(sql`SELECT (SELECT count(*)::int FROM resource) AS resources,
    (SELECT count(*)::int FROM resource_version) AS versions, (SELECT count(*)::int FROM token_index) AS tokens,
    (SELECT count(*)::int FROM reference_index) AS refs, (SELECT max(last_updated) FROM resource) AS newest`);
}

/** Parts of a request, in the order in which they are sent. */
export type Sent = [method: string, path: string, body?: unknown, headers?: Record<string, string>];

/** Sends a request as an app that was launched for the patient A, and sees no other record. */
export function sendAsLaunched(method: string, path: string): Promise<Response> {
  return here.send(method, path, 'launched');
}

/** Expects that the answer is no server error, and that a refusal is helpful. */
export async function answerTo(...[method, path, body, headers]: Sent): Promise<Response> {
  const response = await here.send(method, path, 'clinician', body, headers);
  const asked = `${method} ${path.slice(0, 200)} ${JSON.stringify(headers ?? {})} ${JSON.stringify(body)?.slice(0, 300)}`;
  expect([asked, response.status < 500 || faults.map(String)]).toEqual([asked, true]);
  if (response.status >= 400 && method !== 'HEAD') await expectOutcome(response.clone(), asked);
  return response;
}

async function expectOutcome(response: Response, asked: string): Promise<void> {
  const outcome = (await response.json()) as OperationOutcome;
  expect([asked, outcome.resourceType, validateResource(outcome)]).toEqual([asked, 'OperationOutcome', []]);
  expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  expect(outcome.issue.length, asked).toBeLessThan(102);
  for (const { diagnostics = '' } of outcome.issue) {
    expect(diagnostics, asked).not.toBe('');
    expect(diagnostics.length, asked).toBeLessThan(2000);
  }
}

/** A Patient with these members. */
export const patient = (more: object) => ({ resourceType: 'Patient', ...more });

/** Texts that mean something to SQL, to the language of searches, or to JavaScript. */
export const attacks = [
  "' OR 1=1 --",
  "'); DROP TABLE resource; --",
  '$1',
  '\\',
  '%00',
  '\u{1F600}',
  '__proto__',
  '2024-13',
  'ge',
  '|',
  '1e999',
  '#',
];
