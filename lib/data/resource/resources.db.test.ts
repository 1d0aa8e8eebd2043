import type { Patient, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { searchResources } from '../search/search.ts';
import { putResources, readResource } from './resources.ts';

const all = { scopes: resourceScopes('system/*.rs') };
let sandbox: number;

beforeAll(async () => {
  sandbox = (await database().sandbox.create({ data: { slug: 'one', name: 'One' } })).id;
});

function patient(id: string, family: string): Patient {
  return { resourceType: 'Patient', id, name: [{ family }] };
}

async function named(name: string): Promise<string[]> {
  const { matches } = await searchResources(
    { sandboxId: sandbox, permission: all },
    parseSearch('Patient', [['name', name]]),
  );
  return matches.map(({ id }) => id);
}

async function stored(id: string): Promise<Patient | undefined> {
  const found = await readResource({ sandboxId: sandbox, permission: all }, 'Patient', id);
  return found && JSON.parse(found.content);
}

describe('putResources', () => {
  it('creates, updates, and leaves unchanged content alone', async () => {
    const [first, second, third] = [1, 2, 3].map((day) => new Date(Date.UTC(2026, 0, day)));
    expect(await putResources(sandbox, [patient('p', 'Old')], { now: first as Date })).toEqual({
      created: 1,
      updated: 0,
      unchanged: 0,
    });
    const same = { ...patient('p', 'Old'), meta: { versionId: '9', lastUpdated: '2000-01-01T00:00:00Z' } };
    expect(await putResources(sandbox, [same], { now: second as Date })).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
    });
    expect(await stored('p')).toMatchObject({ meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00.000Z' } });
    const counts = await putResources(sandbox, [patient('p', 'New'), patient('q', 'New')], { now: third as Date });
    expect(counts).toEqual({ created: 1, updated: 1, unchanged: 0 });
    expect(await stored('p')).toMatchObject({ meta: { versionId: '2', lastUpdated: '2026-01-03T00:00:00.000Z' } });
    expect(await named('old')).toEqual([]);
    expect(await named('new')).toEqual(['p', 'q']);
  });

  it('uses the last of two resources with the same id', async () => {
    await putResources(sandbox, [patient('twice', 'First'), patient('twice', 'Last')]);
    expect(await named('first')).toEqual([]);
    expect(await named('last')).toEqual(['twice']);
  });

  it('keeps everything in meta but version and time', async () => {
    await putResources(sandbox, [
      { ...patient('tagged', 'T'), meta: { tag: [{ code: 'x' }], versionId: '7' } } as Patient,
    ]);
    expect(await stored('tagged')).toMatchObject({ meta: { versionId: '1', tag: [{ code: 'x' }] } });
  });

  it.each([
    ['an unknown type', { resourceType: 'Nothing', id: 'x' }],
    ['an abstract type', { resourceType: 'Resource', id: 'x' }],
    ['no id', { resourceType: 'Patient' }],
    ['a bad id', { resourceType: 'Patient', id: '../x' }],
    ['an id that is too long', { resourceType: 'Patient', id: 'x'.repeat(65) }],
    ['a NUL character', { resourceType: 'Patient', id: 'x', name: [{ family: 'a\0b' }] }],
  ])('refuses %s and stores nothing beside it', async (_, bad) => {
    await expect(putResources(sandbox, [patient('beside', 'B'), bad as Resource])).rejects.toMatchObject({
      status: 400,
    });
    expect(await stored('beside')).toBeUndefined();
  });

  it('takes a backslash before u0000 for what it is', async () => {
    await putResources(sandbox, [patient('backslash', '\\u0000')]);
    expect(await stored('backslash')).toMatchObject({ name: [{ family: '\\u0000' }] });
  });

  it('takes part in the open transaction', async () => {
    const rollback = new Error('rollback');
    const work = inTransaction(async () => {
      await putResources(sandbox, [patient('undone', 'U')]);
      throw rollback;
    });
    await expect(work).rejects.toBe(rollback);
    expect(await stored('undone')).toBeUndefined();
    expect(await named('u')).toEqual([]);
  });

  it('stores and finds the longest and the strangest texts', async () => {
    const long = 'é'.repeat(5000);
    const name = [{ family: long, given: [`it's "quoted" \\ {$1} \u{1F600}`, '\ud800'] }];
    const strange: Patient = { ...patient('long', ''), name, identifier: [{ system: long, value: long }] };
    await putResources(sandbox, [strange]);
    expect(await named('éé')).toEqual(['long']);
    expect(await named(long)).toEqual(['long']);
    expect(await named('it\'s "quoted" \\\\ {\\$1} \u{1F600}')).toEqual(['long']);
    const byIdentifier = parseSearch('Patient', [['identifier', `${long}|${long}`]]);
    expect((await searchResources({ sandboxId: sandbox, permission: all }, byIdentifier)).total).toBe(1);
  });

  it('leaves the planner with statistics after a large write', async () => {
    const many = Array.from({ length: 450 }, (_, index) => patient(`many${index}`, 'Many'));
    expect(await putResources(sandbox, many)).toMatchObject({ created: 450 });
    const [row] = await database().$queryRaw<{ rows: number }[]>`
      SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'resource'`;
    expect(row?.rows).toBeGreaterThanOrEqual(450);
  });

  it('loses neither of two writes at the same moment unnoticed', async () => {
    await putResources(sandbox, [patient('shared', 'Zero')]);
    const names = ['One', 'Two', 'Three', 'Four'];
    const outcomes = await Promise.allSettled(names.map((name) => putResources(sandbox, [patient('shared', name)])));
    const written = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(await stored('shared')).toMatchObject({ meta: { versionId: String(1 + written) } });
  });
});

describe('readResource', () => {
  it('reads nothing of another sandbox', async () => {
    const other = (await database().sandbox.create({ data: { slug: 'two', name: 'Two' } })).id;
    await putResources(sandbox, [patient('here', 'H')]);
    expect(await readResource({ sandboxId: other, permission: all }, 'Patient', 'here')).toBeUndefined();
  });
});
