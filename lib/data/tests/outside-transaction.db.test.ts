/** Functions that lock rows, or write a part of something larger, refuse to run outside of a transaction. */
import { beforeAll, expect, it } from 'vitest';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { countUse } from '../client/initial-access-tokens.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { identify } from '../resource/identified.ts';
import { lockConditions } from '../resource/matching-resources.ts';
import { rewriteIndexRows } from '../resource/rows.ts';
import { lockStored } from '../resource/stored-for-writing.ts';
import { storeDeletions, storeVersions } from '../resource/versions.ts';
import { deleteResources, writeResources } from '../resource/write.ts';
import { noteImported } from '../seed/imported-parts.ts';
import { applySandboxDefinition } from '../seed/sandbox-definitions.ts';

let sandboxId: number;

beforeAll(async () => {
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug: 'outside', name: 'Outside' } }));
});

const permission = { scopes: resourceScopes('user/*.cruds') };
const now = new Date('2026-01-01T00:00:00Z');
const resource = { resourceType: 'Basic' as const, id: 'b', code: {} };
const part = { digest: 'd', file: 'f', place: '', size: 1, resources: 1 };
const definition = { slug: 'another', name: 'Another', launchLifetimeSeconds: 60, users: [], clients: [] };
const writer = () => ({ sandboxId, permission, now });

it.each<[what: string, work: () => Promise<unknown>]>([
  ['writing resources', () => writeResources(writer(), [{ resource, verb: 'c' }])],
  ['deleting them', () => deleteResources(writer(), [])],
  ['locking them', () => lockStored({ sandboxId, permission }, [])],
  ['locking conditions', () => lockConditions(writer(), [])],
  [
    'storing versions',
    () => storeVersions(sandboxId, [identify({ ...resource, id: 'c' })], { current: new Map(), now }),
  ],
  ['storing deletions', () => storeDeletions([], now)],
  ['replacing index rows', () => rewriteIndexRows(sandboxId, [])],
  ['noting a part of an import', () => noteImported(sandboxId, part)],
  ['using an initial access token', () => countUse(sandboxId, 'x')],
  ['applying a definition', () => applySandboxDefinition(sandboxId, definition)],
])('%s', async (_, work) => {
  await expect(work()).rejects.toThrow('must be part of a transaction');
  await inTransaction(work);
});
