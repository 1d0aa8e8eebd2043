import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { findGrant } from '#lib/data/grants.ts';
import {
  consumePayload,
  deletePayload,
  deletePayloadsOfGrant,
  findPayload,
  findPayloadByUid,
  revokeGrant,
  savePayload,
  savePayloadOnce,
} from '#lib/data/oidc-payloads.ts';
import { clientAdapter } from './client-adapter.ts';
import { notStored } from './not-stored.ts';
import { stateOf } from './request-state.ts';

/**
 * Where oidc-provider keeps what must survive a restart and be seen by every process: one round trip an operation.
 * Clients are only read; registrations are the Administration pages' to write.
 */
export function oidcAdapter(sandboxId: number): (model: string) => Adapter {
  return (model) => (model === 'Client' ? clientAdapter(sandboxId) : payloadAdapter(sandboxId, model));
}

function payloadAdapter(sandboxId: number, model: string): Adapter {
  const key = (id: string) => ({ sandboxId, model, id });
  return {
    upsert: (id, payload, expiresIn) => save(key(id), withoutSecrets(payload), expiry(expiresIn)),
    find: async (id) => (model === 'Grant' ? readGrant(sandboxId, id) : forThisRoute(await findPayload(key(id)))),
    findByUid: async (uid) => (await findPayloadByUid({ sandboxId, model }, uid)) as AdapterPayload | undefined,
    findByUserCode: notStored,
    consume: async (id) => {
      if (!(await consumePayload(key(id)))) throw new errors.InvalidGrant('it was used by another request just now');
    },
    destroy: (id) => (model === 'Grant' ? revokeGrant(sandboxId, id) : deletePayload(key(id))),
    revokeByGrantId: (grantId) => deletePayloadsOfGrant({ sandboxId, model }, grantId),
  };
}

async function save(
  key: { sandboxId: number; model: string; id: string },
  payload: AdapterPayload,
  expiresAt: Date | null,
) {
  if (key.model !== 'ReplayDetection') return savePayload(key, { ...payload }, expiresAt);
  // Two processes may have looked for the assertion's jti at the same moment: the first to keep it wins.
  if (await savePayloadOnce(key, { ...payload }, expiresAt)) return;
  throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
}

/** A grant is read with its context, which the response to the same request will tell. */
async function readGrant(sandboxId: number, grantId: string): Promise<AdapterPayload | undefined> {
  const grant = await findGrant(sandboxId, grantId);
  if (grant && Provider.ctx) stateOf(Provider.ctx).grantContext = grant.context;
  return grant?.payload;
}

/** Access tokens are issued for the FHIR server; the userinfo endpoint takes them too, though it is not their audience. */
function forThisRoute(payload: AdapterPayload | undefined): AdapterPayload | undefined {
  if (payload?.kind !== 'AccessToken' || Provider.ctx?.oidc.route !== 'userinfo') return payload;
  const { aud, ...rest } = payload;
  return rest;
}

/** An interaction quotes the session's cookie, which would let its reader act as the user. */
function withoutSecrets(payload: AdapterPayload): AdapterPayload {
  const { session } = payload;
  if (typeof session !== 'object' || session === null || !('cookie' in session)) return payload;
  const { cookie, ...rest } = session;
  return { ...payload, session: rest };
}

function expiry(seconds: number | undefined): Date | null {
  return seconds ? new Date(Date.now() + seconds * 1000) : null;
}
