import type { Adapter } from 'oidc-provider';
import { findClientMetadata } from '../client/metadata.ts';
import { removeRegistration, storeRegistration } from '../registration/request.ts';
import { notStored } from '../request/not-stored.ts';

/** The adapter in which oidc-provider finds the clients of a sandbox and stores those that register themselves. */
export function clientAdapter(sandboxId: number): Adapter {
  return {
    find: (clientId) => findClientMetadata(sandboxId, clientId),
    upsert: (clientId) => storeRegistration(sandboxId, clientId),
    destroy: (clientId) => removeRegistration(sandboxId, clientId),
    consume: notStored,
    findByUid: notStored,
    findByUserCode: notStored,
    revokeByGrantId: notStored,
  };
}
