import type { Adapter } from 'oidc-provider';
import { deleteClient } from '#lib/data/client/clients.ts';
import { findClientMetadata } from '../client/metadata.ts';
import { storeRegistration } from '../registration/request.ts';
import { notStored } from '../request/not-stored.ts';

/** The adapter in which oidc-provider finds the clients of a sandbox and stores those that register themselves. */
export function clientAdapter(sandboxId: number): Adapter {
  return {
    find: (clientId) => findClientMetadata(sandboxId, clientId),
    upsert: (clientId) => storeRegistration(sandboxId, clientId),
    destroy: async (clientId) => {
      await deleteClient(sandboxId, clientId);
    },
    consume: notStored,
    findByUid: notStored,
    findByUserCode: notStored,
    revokeByGrantId: notStored,
  };
}
