import type { Adapter, AdapterPayload } from 'oidc-provider';
import { findInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { notStored } from '../request/not-stored.ts';

/**
 * The adapter in which oidc-provider finds the initial access tokens of a sandbox; administrators make and revoke them
 * elsewhere.
 */
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
  return withoutUndefined({
    kind: 'InitialAccessToken',
    jti: value,
    iat: seconds(createdAt),
    exp: expiresAt ? seconds(expiresAt) : undefined,
  });
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
