import { errors, type PromptDetail } from 'oidc-provider';
import { findIssuer, type Issuer } from '#lib/data/sandbox/issuers.ts';
import type { SignIn } from '#lib/data/session/live-session.ts';
import { env } from '#lib/env.ts';
import { nodeExchange } from '#lib/http/node-exchange.ts';
import { hintedUser } from '../authorization/hinted-user.ts';
import type { ToAllow } from '../authorization/interaction-prompts.ts';
import { providerOf } from '../providers.ts';

type Result = Record<string, unknown>;

/** A step of an authorization request in which the user is asked something, in the browser that began the request. */
export interface OpenInteraction {
  sandbox: Issuer;
  clientId: string;
  /** The name of the step, and the reasons for it. */
  prompt: PromptDetail['name'];
  reasons: string[];
  toAllow: ToAllow;
  /** The session at the EHR to which the request belongs; undefined while nobody has signed in. */
  sessionId?: string | undefined;
  /** When the step began, in epoch seconds. */
  since: number;
  /** The redirect URI at which the app will be answered. */
  redirectUri: string;
  /** The user whom the app wants by its id_token_hint. */
  hintedUserId?: string | undefined;
  /** Stores the user's answer beside those of earlier steps. @returns the URL at which the request goes on */
  finish(answer: Result): Promise<string>;
  /** Stores who has signed in, replacing any earlier user. @returns the URL at which the request goes on */
  finishSignIn(signIn: SignIn): Promise<string>;
  /** Ends the request with an OAuth error for the app. @returns the URL at which the request goes on */
  refuse(error: string, description: string): Promise<string>;
}

/**
 * Finds the interaction `uid` of the sandbox `slug`, when `cookie`, the browser's Cookie header, contains its cookie.
 * Undefined when it has expired, was answered, or belongs to another browser.
 */
export async function openInteraction(slug: string, uid: string, cookie: string): Promise<OpenInteraction | undefined> {
  const sandbox = await findIssuer(slug);
  if (!sandbox) return undefined;
  const { provider } = await providerOf(sandbox);
  const address = new Request(`${env().origin}/${slug}/oauth/interaction`, { headers: { cookie } });
  const { request, response } = nodeExchange(address, new Uint8Array(), { origin: env().origin, path: `/${slug}` });
  const interaction = await provider.interactionDetails(request, response).catch(unlessGone);
  if (interaction?.uid !== uid) return undefined;
  const goOn = async (result: Result) => {
    interaction.result = result;
    const isKept = await interaction.persist().then(() => true, unlessGone);
    // The interaction's own page says that it is over.
    return isKept ? interaction.returnTo : `${env().origin}/${slug}/oauth/interaction/${uid}`;
  };
  const { prompt, params, session, lastSubmission, iat } = interaction;
  return {
    sandbox,
    clientId: String(params.client_id),
    prompt: prompt.name,
    reasons: prompt.reasons,
    toAllow: { scopes: [], ...prompt.details },
    sessionId: session?.uid,
    since: iat,
    redirectUri: String(params.redirect_uri),
    hintedUserId: hintedUser(params),
    finish: (answer) => goOn({ ...lastSubmission, ...answer }),
    finishSignIn: ({ sessionId, userId: accountId, signedInAt: ts }) => {
      // With the old session kept, oidc-provider would reject the new one as a stranger's.
      if (session?.uid !== sessionId) interaction.session = undefined;
      return goOn({ ...lastSubmission, login: { accountId, ts }, select_account: {} });
    },
    refuse: (error, error_description) => goOn({ error, error_description }),
  };
}

function unlessGone(error: unknown): undefined {
  if (error instanceof errors.SessionNotFound) return undefined;
  throw error;
}
