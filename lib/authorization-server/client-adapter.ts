import type { Adapter } from 'oidc-provider';
import { findClientMetadata } from './client-metadata.ts';
import { notStored } from './not-stored.ts';

/** Where oidc-provider finds the clients of a sandbox. */
export function clientAdapter(sandboxId: number): Adapter {
  return {
    find: (clientId) => findClientMetadata(sandboxId, clientId),
    upsert: notStored,
    destroy: notStored,
    consume: notStored,
    findByUid: notStored,
    findByUserCode: notStored,
    revokeByGrantId: notStored,
  };
}
