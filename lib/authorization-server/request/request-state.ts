import type { IncomingMessage } from 'node:http';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import type { AuditedRequest, Requestor } from '#lib/audit/record-request.ts';
import { findRegisteredClient, type RegisteredClient } from '#lib/data/client/registered-clients.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { findLaunch, type Launch } from '#lib/data/launch/launches.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import type { ReadAhead } from '#lib/data/read-ahead/read-ahead.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import type { SignIn } from '#lib/data/session/live-session.ts';
import type { FhirError } from '#lib/fhir/fhir-error.ts';
import type { GrantContext } from '#lib/smart/launch/context.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { PendingWrites } from './pending-writes.ts';

/** What the audit log has to say of an answer, once it is known that the answer leaves. */
export interface OauthEvent {
  requestor: Requestor;
  event: Pick<AuditedRequest, 'interaction' | 'action' | 'method' | 'path' | 'query' | 'touched'> & {
    counted?: boolean;
  };
}

/** The state of one request, so that nothing is looked up twice; the provider itself is shared by all requests. */
export interface RequestState {
  sandbox: Issuer;
  /** Who is signed in at the EHR in the browser that sent the request. */
  signIn?: SignIn | undefined;
  /** The data that was read before oidc-provider began. */
  ahead: ReadAhead;
  /** The writes to make before the answer leaves. */
  writes: PendingWrites;
  /** Members looked up so far, by user id. */
  members: Map<string, Promise<SandboxMember | undefined>>;
  launch?: Launch | undefined;
  /** Set when the user has confirmed that they want to sign out. */
  signedOut?: boolean;
  /** What the audit log will say of the answer. */
  event?: OauthEvent;
  /** Set when oidc-provider failed because of trouble that passes. */
  busy?: FhirError | undefined;
  /** The context of the grant that a token or code belongs to, once the grant was read. */
  grantContext?: GrantContext;
}

const states = new WeakMap<IncomingMessage, RequestState>();

/** Creates the state of a request from the data that was read ahead for it. */
export function beginState(request: IncomingMessage, ahead: ReadAhead): RequestState {
  const { sandbox, signIn } = ahead;
  const members = new Map([...ahead.members].map(([userId, member]) => [userId, Promise.resolve(member)]));
  const state = { sandbox, signIn, ahead, writes: new PendingWrites(sandbox.id), members };
  states.set(request, state);
  return state;
}

/** The state of the request that Koa's `ctx` stands for. */
export function stateOf({ req }: { req: IncomingMessage }): RequestState {
  const state = states.get(req);
  if (!state) throw new Error('This request did not come in through answerOauth.');
  return state;
}

/** The state of the request that is being answered; undefined when oidc-provider is used by one of our own pages. */
export function currentState(): RequestState | undefined {
  return Provider.ctx && states.get(Provider.ctx.req);
}

/** Notes that the request failed because of trouble that passes, if it did. */
export function noteBusy(ctx: KoaContextWithOIDC, error: Error): void {
  stateOf(ctx).busy = busyOf(error);
}

/** Drops the artifacts that were to be handed out, because the answer is a refusal. */
export function withdrawIssued(ctx: KoaContextWithOIDC): void {
  stateOf(ctx).writes.withdrawIssued();
}

/** The registration of a client, from the data that was read ahead or else from the database. */
export async function findClientOf(sandboxId: number, clientId: string): Promise<RegisteredClient | undefined> {
  const known = currentState()?.ahead.clients;
  return known?.has(clientId) ? known.get(clientId) : findRegisteredClient(sandboxId, clientId);
}

/** The launch with this hash, from the data that was read ahead or else from the database. */
export async function findLaunchOf({ ahead }: RequestState, launchHash: LaunchHash): Promise<Launch | undefined> {
  return ahead.launches.has(launchHash) ? ahead.launches.get(launchHash) : findLaunch(launchHash);
}
