import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { AuditRecord } from '#lib/fhir/audit/record.ts';
import { database } from '../database/database.ts';
import { flushAlike, recordAlike } from './alike.ts';
import { auditWritten } from './queue.ts';

let sandboxId: number;

beforeEach(async () => {
  // Other tests of this process may have left something to count.
  flushAlike();
  await auditWritten();
  const slug = `a${randomUUID().slice(0, 8)}`;
  sandboxId = (await database().sandbox.create({ data: { slug, name: slug } })).id;
});

function failure(address: string, more: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: randomUUID(),
    recorded: new Date(),
    interaction: 'client-authentication',
    action: 'E',
    outcome: 4,
    status: 401,
    method: 'POST',
    path: 'oauth/token',
    query: '',
    clientId: 'app',
    address,
    patients: [],
    patientsAll: 0,
    entities: [],
    entitiesAll: 0,
    ...more,
  };
}

async function logged() {
  await auditWritten();
  const found = await database().auditEvent.findMany({ where: { sandboxId }, orderBy: { recorded: 'asc' } });
  return found.map(({ address, repeated }) => [address, repeated]);
}

it('writes the first of those alike at once, and the number of the others later', async () => {
  for (let time = 0; time < 100; time++) recordAlike(sandboxId, failure('192.0.2.1'));
  recordAlike(sandboxId, failure('192.0.2.2'));
  expect((await logged()).toSorted()).toEqual([
    ['192.0.2.1', 1],
    ['192.0.2.2', 1],
  ]);
  flushAlike();
  expect((await logged()).toSorted()).toEqual([
    ['192.0.2.1', 1],
    ['192.0.2.1', 99],
    ['192.0.2.2', 1],
  ]);
  flushAlike();
  expect(await logged()).toHaveLength(3);
});

it('is bounded, whatever many are different', async () => {
  for (let host = 0; host < 5000; host++) recordAlike(sandboxId, failure(`2001:db8::${host.toString(16)}`));
  flushAlike();
  const all = await logged();
  expect(all.length).toBeLessThan(1010);
  expect(all.reduce((sum, [, repeated]) => sum + Number(repeated), 0)).toBe(5000);
});
