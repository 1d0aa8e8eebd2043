import { describe, expectTypeOf, it } from 'vitest';
import type { SecretHash } from '../database/secret-hash.ts';
import type { StoredId, StoredKey } from './oidc-payloads.ts';

describe('the id under which an artifact is stored', () => {
  it('may be the hash of a secret, but not arbitrary text such as the secret itself', () => {
    expectTypeOf<SecretHash>().toExtend<StoredId>();
    expectTypeOf<string>().not.toExtend<StoredId>();
    expectTypeOf<string>().not.toExtend<SecretHash>();
    expectTypeOf<{ model: string; id: string }>().not.toExtend<StoredKey>();
  });
});
