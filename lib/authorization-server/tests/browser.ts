import { createHash, randomBytes } from 'node:crypto';
import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import { type OpenedSession, openSession } from '#lib/data/session/tests/open-session.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { appUri, type SandboxFixture } from './sandbox-fixture.ts';

/** A browser at the authorization server: it keeps cookies, and a user may be signed in at the EHR. */
export class Browser {
  readonly sandbox: SandboxFixture;
  userId: string | undefined;
  signedInAt: number | undefined;
  /** Values by path and name, as browsers keep them. */
  readonly cookies = new Map<string, string>();
  /** The sessions that were opened here, by user. */
  readonly sessions = new Map<string, OpenedSession & { signedInAt: number | undefined }>();

  constructor(sandbox: SandboxFixture, userId?: string) {
    this.sandbox = sandbox;
    this.userId = userId;
  }

  async visit(target: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('accept', 'text/html');
    headers.set('cookie', this.cookieHeader(new URL(target, env().origin).pathname));
    const request = new Request(new URL(target, env().origin), { ...init, headers, redirect: 'manual' });
    const response = await answerOauth(request, this.sandbox.slug, () => this.session());
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  /** The session at the EHR, begun when the user or the time of their sign-in is new. */
  async session(): Promise<SecretHash | undefined> {
    const { userId, signedInAt } = this;
    if (!userId) return undefined;
    const before = this.sessions.get(userId);
    if (before && before.signedInAt === signedInAt) return before.hash;
    const opened = { signedInAt, ...(await openSession(userId, signedInAt, before?.id)) };
    this.sessions.set(userId, opened);
    return opened.hash;
  }

  cookieHeader(pathname: string): string {
    const fitting = [...this.cookies].filter(([key]) => {
      const [path = ''] = key.split(' ');
      return pathname === path || pathname.startsWith(`${path}/`);
    });
    return fitting.map(([key, value]) => `${key.split(' ')[1]}=${value}`).join('; ');
  }

  keep(cookie: string): void {
    const [, name, value = '', path] = /^([^=]+)=([^;]*).*?; path=([^;]+)/.exec(cookie) ?? [];
    const key = `${path} ${name}`;
    if (/expires=Thu, 01 Jan 1970/.test(cookie)) this.cookies.delete(key);
    else this.cookies.set(key, value);
  }
}

export const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

export const scope = 'openid fhirUser launch patient/*.rs offline_access';

/** The authorization request of a well-behaved app; undefined removes a parameter. */
export function authorizeUrl(
  { slug }: SandboxFixture,
  clientId: string,
  parameters: Record<string, string | undefined> = {},
): string {
  const all: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: appUri,
    scope,
    state: 'the state',
    nonce: 'the nonce',
    aud: `${env().origin}/${slug}/fhir`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/${slug}/oauth/authorize?${new URLSearchParams(given)}`;
}

/** The parameters that the app receives at its redirect URI. */
export function answerToApp(response: Response): Record<string, string> {
  const location = response.headers.get('location') ?? '';
  if (!/^[?#]/.test(location.slice(appUri.length)) || !location.startsWith(appUri)) {
    throw new Error(`The app was not answered: ${response.status} ${location}`);
  }
  return Object.fromEntries(new URLSearchParams(location.slice(appUri.length + 1)));
}

export type TokenResponse = Record<string, unknown> & {
  access_token: string;
  refresh_token: string;
  id_token: string;
  scope: string;
};

/** A form post of an app to an endpoint such as `token`. */
export async function post(
  { slug }: SandboxFixture,
  endpoint: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const request = new Request(`${env().origin}/${slug}/oauth/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  });
  return answerOauth(request, slug, async () => undefined);
}

/** The fields with which a public app exchanges its code. */
export function exchangeFields(clientId: string, code: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: appUri,
    code_verifier: verifier,
    client_id: clientId,
  };
}

/** Authorizes a trusted app in the browser and exchanges the code. */
export async function tokensFor(
  browser: Browser,
  clientId: string,
  parameters: Record<string, string | undefined> = {},
): Promise<TokenResponse> {
  const { code = '' } = answerToApp(await browser.visit(authorizeUrl(browser.sandbox, clientId, parameters)));
  const response = await post(browser.sandbox, 'token', exchangeFields(clientId, code));
  const body = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body;
}
