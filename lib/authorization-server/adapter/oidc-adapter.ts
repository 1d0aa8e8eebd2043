import type { Adapter, AdapterPayload } from 'oidc-provider';
import Provider, { errors } from 'oidc-provider';
import { findGrant } from '#lib/data/token/grants.ts';
import { findPayload, findPayloadByUid, replacePayload, storedPayload } from '#lib/data/token/oidc-payloads.ts';
import { notStored } from '../request/not-stored.ts';
import { type Artifact, PendingWrites } from '../request/pending-writes.ts';
import { currentState } from '../request/request-state.ts';
import { clientAdapter } from './client-adapter.ts';
import { initialAccessAdapter } from './initial-access-adapter.ts';

/**
 * The storage of oidc-provider for one sandbox, shared by all processes. Reads are answered from the data that was read
 * ahead for the request, then from the database; writes are gathered in the request's state.
 */
export function oidcAdapter(sandboxId: number): (model: string) => Adapter {
  return (model) => {
    if (model === 'Client') return clientAdapter(sandboxId);
    return model === 'InitialAccessToken' ? initialAccessAdapter(sandboxId) : payloadAdapter(sandboxId, model);
  };
}

function payloadAdapter(sandboxId: number, model: string): Adapter {
  const write = (change: (writes: PendingWrites) => void) => writeSoon(sandboxId, change);
  return {
    upsert: (id, payload, expiresIn) =>
      model === 'Interaction' && !currentState()
        ? keepAnswer(sandboxId, { model, id }, payload)
        : write((writes) => keep(writes, { model, id }, payload, expiry(expiresIn))),
    find: (id) => find(sandboxId, { model, id }),
    consume: (id) => write((writes) => writes.consume({ model, id })),
    destroy: (id) => write((writes) => destroy(writes, { model, id })),
    revokeByGrantId: (grantId) => write((writes) => writes.removeOfGrant(model, grantId)),
    findByUid: (uid) => findPayloadByUid({ sandboxId, model }, uid),
    findByUserCode: notStored,
  };
}

/**
 * Adds a change to the writes of the current request. Our own pages have no request state and only one change, so
 * theirs is written at once.
 */
async function writeSoon(sandboxId: number, change: (writes: PendingWrites) => void): Promise<void> {
  const state = currentState();
  const writes = state?.writes ?? new PendingWrites(sandboxId);
  change(writes);
  if (!state && (await writes.write())) throw new Error('Another request was faster.');
}

/**
 * Stores what the user answered on a page of ours, unless the request went on or ended meanwhile: a form that is sent
 * twice must not open it again.
 * @throws SessionNotFound when it did
 */
async function keepAnswer(sandboxId: number, artifact: Artifact, payload: AdapterPayload): Promise<void> {
  const stored = storedPayload(artifact, { ...withoutSecrets(payload) }, null);
  if (!(await replacePayload(sandboxId, stored))) throw new errors.SessionNotFound('it was answered just now');
}

function keep(writes: PendingWrites, artifact: Artifact, payload: AdapterPayload, expiresAt: Date | null): void {
  if (artifact.model === 'ReplayDetection') writes.keepFirst(artifact, payload, expiresAt);
  else writes.keep(artifact, withoutSecrets(payload), expiresAt);
}

function destroy(writes: PendingWrites, artifact: Artifact): void {
  if (artifact.model === 'Grant') writes.endGrant(artifact.id);
  else if (artifact.model === 'Interaction') writes.resume(artifact);
  else writes.remove(artifact);
}

async function find(sandboxId: number, artifact: Artifact): Promise<AdapterPayload | undefined> {
  // A repeated jti is detected when it is stored: a look beforehand could miss a request that is running in parallel.
  if (artifact.model === 'ReplayDetection') return undefined;
  const read = () =>
    artifact.model === 'Grant' ? readGrant(sandboxId, artifact.id) : readArtifact(sandboxId, artifact);
  const state = currentState();
  return forThisRoute(await (state ? state.writes.find(artifact, read) : read()));
}

async function readArtifact(sandboxId: number, { model, id }: Artifact): Promise<AdapterPayload | undefined> {
  const { known, payload } = currentState()?.ahead.artifact(model, id) ?? { known: false, payload: undefined };
  return known ? payload : findPayload({ sandboxId, model, id });
}

/** Reads a grant and notes its context, which the response to this request will contain. */
async function readGrant(sandboxId: number, grantId: string): Promise<AdapterPayload | undefined> {
  const state = currentState();
  const grant = state?.ahead.grants.has(grantId)
    ? state.ahead.grants.get(grantId)
    : await findGrant(sandboxId, grantId);
  if (grant && state) state.grantContext = grant.context;
  return grant?.payload;
}

/**
 * Access tokens are issued for the FHIR server. The userinfo endpoint accepts them too, so they are shown to it without
 * an audience.
 */
function forThisRoute(payload: AdapterPayload | undefined): AdapterPayload | undefined {
  if (payload?.kind !== 'AccessToken' || Provider.ctx?.oidc.route !== 'userinfo') return payload;
  const { aud, ...rest } = payload;
  return rest;
}

/** Removes the session's cookie from a stored interaction: whoever could read it there could act as the user. */
function withoutSecrets(payload: AdapterPayload): AdapterPayload {
  const { session } = payload;
  if (typeof session !== 'object' || session === null || !('cookie' in session)) return payload;
  const { cookie, ...rest } = session;
  return { ...payload, session: rest };
}

function expiry(seconds: number | undefined): Date | null {
  return seconds ? new Date(Date.now() + seconds * 1000) : null;
}
