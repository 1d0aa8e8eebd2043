import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '../database/database.ts';
import type { NewGrant } from './grants.ts';
import { storedPayload } from './oidc-payloads.ts';
import type { OidcWrites } from './oidc-write-parts.ts';
import { writeTogether } from './oidc-writes.ts';

let sandboxId: number;
let userId: string;
let grant: NewGrant;
let tries = 0;

beforeEach(async () => {
  tries += 1;
  const name = `standing-${tries}`;
  ({ id: sandboxId } = await database().sandbox.create({ data: { slug: name, name } }));
  ({ id: userId } = await database().user.create({ data: { username: name, name, passwordHash: '' } }));
  const standing = { role: 'patient' as const, fhirUser: 'Patient/a', proxyFor: ['b'] };
  await database().membership.create({ data: { sandboxId, userId, ...standing } });
  await database().client.create({ data: { sandboxId, clientId: 'app', name: 'App', scope: '', type: 'public' } });
  grant = { grantId: name, sandboxId, clientId: 'app', userId, context: {}, member: standing };
});

const write = (more: Partial<OidcWrites>) =>
  writeTogether({ sandboxId, first: [], consumed: [], kept: [], removed: [], removedOfGrant: [], ended: [], ...more });
const written = () => database().grantContext.count({ where: { sandboxId } });

describe('a grant', () => {
  it('is made while app and member are as they were read', async () => {
    expect(await write({ newGrant: grant })).toBeUndefined();
    expect(await written()).toBe(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the app was disabled', () => database().client.updateMany({ where: { sandboxId }, data: { enabled: false } })],
    ['the app was removed', () => database().client.deleteMany({ where: { sandboxId } })],
    ['the member was removed', () => database().membership.deleteMany({ where: { sandboxId } })],
    ['the role changed', () => database().membership.updateMany({ where: { sandboxId }, data: { role: 'clinician' } })],
    [
      'they are another patient',
      () => database().membership.updateMany({ where: { sandboxId }, data: { fhirUser: 'Patient/c' } }),
    ],
    [
      'they stopped acting for one',
      () => database().membership.updateMany({ where: { sandboxId }, data: { proxyFor: [] } }),
    ],
  ])('is not made when %s meanwhile, and uses up nothing', async (_, takeAway) => {
    const key = { model: 'AuthorizationCode', id: 'code' };
    const code = storedPayload(key, { kind: 'AuthorizationCode' }, new Date(Date.now() + 60_000));
    await write({ kept: [code] });
    await takeAway();
    expect(await write({ newGrant: grant, consumed: [code] })).toBe('standing');
    expect(await written()).toBe(0);
    expect(await database().oidcPayload.count({ where: { sandboxId, consumedAt: null } })).toBe(1);
  });
});

it('a backend service gets a token only while it is enabled', async () => {
  expect(await write({ service: 'app' })).toBeUndefined();
  await database().client.updateMany({ where: { sandboxId }, data: { enabled: false } });
  expect(await write({ service: 'app' })).toBe('standing');
});
