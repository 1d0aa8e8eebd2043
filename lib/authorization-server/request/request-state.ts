import type { IncomingMessage } from 'node:http';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { findRegisteredClient, type RegisteredClient } from '#lib/data/client/registered-clients.ts';
import { findLaunch, type Launch } from '#lib/data/launch/launches.ts';
import type { Account } from '#lib/data/member/accounts.ts';
import type { ReadAhead } from '#lib/data/prefetch/read-ahead.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import type { GrantContext } from '#lib/smart/launch/context.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { PendingWrites } from './pending-writes.ts';

/** Who is signed in at the EHR in the browser that sent the request. */
export interface SignIn {
  userId: string;
  /** When they last proved who they are, in epoch seconds. */
  signedInAt?: number;
}

/** What belongs to one request and must not be asked twice; the provider itself is shared by all requests. */
export interface RequestState {
  sandbox: Issuer;
  signIn?: SignIn | undefined;
  /** What was read before oidc-provider began. */
  ahead: ReadAhead;
  /** What is written before the answer leaves. */
  writes: PendingWrites;
  /** Members looked up so far, by user id. */
  accounts: Map<string, Promise<Account | undefined>>;
  launch?: Launch | undefined;
  /** Set when the user has confirmed that they want to sign out. */
  signedOut?: boolean;
  /** The context of the grant that a token or code belongs to, once the grant was read. */
  grantContext?: GrantContext;
}

const states = new WeakMap<IncomingMessage, RequestState>();

/** Gives a request its state, which begins with what was read for it. */
export function beginState(request: IncomingMessage, ahead: ReadAhead, signIn: SignIn | undefined): RequestState {
  const { sandbox } = ahead;
  const accounts = new Map([...ahead.accounts].map(([userId, account]) => [userId, Promise.resolve(account)]));
  const state = { sandbox, signIn, ahead, writes: new PendingWrites(sandbox.id), accounts };
  states.set(request, state);
  return state;
}

/** The state of the request that Koa's `ctx` stands for. */
export function stateOf({ req }: { req: IncomingMessage }): RequestState {
  const state = states.get(req);
  if (!state) throw new Error('This request did not come in through answerOauth.');
  return state;
}

/** The state of the request that is being answered; undefined while oidc-provider serves one of our own pages. */
export function currentState(): RequestState | undefined {
  return Provider.ctx && states.get(Provider.ctx.req);
}

/** The answer is a refusal: what was to be handed out with it is not written. */
export function withdrawIssued(ctx: KoaContextWithOIDC): void {
  stateOf(ctx).writes.withdrawIssued();
}

/** The registration of a client, from what was read ahead when it is there. */
export async function findClientOf(sandboxId: number, clientId: string): Promise<RegisteredClient | undefined> {
  const known = currentState()?.ahead.clients;
  return known?.has(clientId) ? known.get(clientId) : findRegisteredClient(sandboxId, clientId);
}

/** The launch with this hash, from what was read ahead when it is there. */
export async function findLaunchOf({ ahead }: RequestState, launchHash: LaunchHash): Promise<Launch | undefined> {
  return ahead.launches.has(launchHash) ? ahead.launches.get(launchHash) : findLaunch(launchHash);
}
