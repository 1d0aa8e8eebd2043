import type { Adapter, AdapterPayload } from 'oidc-provider';
import { findInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { notStored } from '../request/not-stored.ts';

/** Where oidc-provider finds the initial access tokens of a sandbox, which administrators make and revoke. */
export function initialAccessAdapter(sandboxId: number): Adapter {
  return {
    find: (value) => find(sandboxId, value),
    upsert: notStored,
    destroy: notStored,
    consume: notStored,
    findByUid: notStored,
    findByUserCode: notStored,
    revokeByGrantId: notStored,
  };
}

async function find(sandboxId: number, value: string): Promise<AdapterPayload | undefined> {
  const token = await findInitialAccessToken(sandboxId, value);
  if (!token) return undefined;
  const { createdAt, expiresAt } = token;
  return {
    kind: 'InitialAccessToken',
    jti: value,
    iat: seconds(createdAt),
    ...(expiresAt ? { exp: seconds(expiresAt) } : {}),
  };
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
