import type { IncomingMessage } from 'node:http';
import type { Account } from '#lib/data/accounts.ts';
import type { Issuer } from '#lib/data/issuers.ts';
import type { LaunchContext } from '#lib/data/launches.ts';
import type { LaunchParameters } from '#lib/smart/launch-context.ts';

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
  /** Members looked up so far, by user id. */
  accounts: Map<string, Promise<Account | undefined>>;
  launch?: LaunchContext | undefined;
  /** The context of the grant that a token or code belongs to, once the grant was read. */
  grantContext?: LaunchParameters;
}

const states = new WeakMap<IncomingMessage, RequestState>();

export function rememberState(request: IncomingMessage, state: RequestState): void {
  states.set(request, state);
}

/** The state of the request that a context of oidc-provider stands for. */
export function stateOf(context: { req: IncomingMessage }): RequestState {
  const state = states.get(context.req);
  if (!state) throw new Error('This request did not come in through answerOauth.');
  return state;
}
