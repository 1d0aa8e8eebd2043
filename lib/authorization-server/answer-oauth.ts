import { recordAccount } from '#lib/audit/record-account.ts';
import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { findIssuer } from '#lib/data/sandbox/issuers.ts';
import { endSession } from '#lib/data/session/end-sessions.ts';
import type { Lost } from '#lib/data/token/oidc-write-parts.ts';
import { env } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody, tooLong } from '#lib/http/body/read-body.ts';
import { nodeExchange } from '#lib/http/node-exchange.ts';
import { isWellFormed } from '#lib/http/well-formed.ts';
import { log } from '#lib/log/log.ts';
import { authorizeByGet } from './authorization/authorize-by-get.ts';
import { isFromForeignFrame, repeatingPage } from './authorization/framed-request.ts';
import { keepToApps } from './cross-origin.ts';
import { allowSubmitting } from './page/submitting-page.ts';
import { providerOf } from './providers.ts';
import { withStoredSecret } from './registration/secret.ts';
import { recordAnswer } from './request/audited-answer.ts';
import { failed, failedForNow, refusedForNow } from './request/failed-for-now.ts';
import { lostRace } from './request/lost-race.ts';
import { isForBrowsers, readAhead } from './request/read-ahead.ts';
import { refusal } from './request/refusal.ts';
import { beginState, type RequestState } from './request/request-state.ts';
import { introspectByBearer, introspectsByBearer } from './token/bearer-introspection.ts';
import { withClientOfToken } from './token/named-by-token.ts';

/** A request to the authorization server of one sandbox, before the sandbox has been looked up. */
interface Arrival {
  request: Request;
  slug: string;
  /** The path below the sandbox. */
  path: string;
  body: Uint8Array;
  /** The browser's session at the EHR, if it brings one. */
  session: SecretHash | undefined;
  signedOutCookie: (() => string) | undefined;
}

/**
 * Answers every OAuth and OpenID Connect endpoint of the sandbox `slug`, at `/{slug}/oauth/…` and
 * `/{slug}/.well-known/…`.
 * @param currentSession the session at the EHR that this browser brings; called only for endpoints that browsers visit
 * @param signedOutCookie the `Set-Cookie` value that removes its cookie when an app has the user sign out
 */
export async function answerOauth(
  request: Request,
  slug: string,
  currentSession: () => Promise<SecretHash | undefined>,
  signedOutCookie?: () => string,
): Promise<Response> {
  const body = await readBody(request, maxBodyLength.message);
  if (!body) return refusal(413, tooLong(maxBodyLength.message));
  if (!isText(request, body)) return refusal(400, 'A parameter is not UTF-8 text, or holds the character NUL.');
  const path = new URL(request.url).pathname.slice(slug.length + 1);
  try {
    return await answerBelow({ request, slug, path, body, signedOutCookie }, currentSession);
  } catch (thrown) {
    const busy = busyOf(thrown);
    if (busy) return refusedForNow(request, busy);
    throw thrown;
  }
}

async function answerBelow(
  arrived: Omit<Arrival, 'session'>,
  currentSession: () => Promise<SecretHash | undefined>,
): Promise<Response> {
  const { request, slug, path, body } = arrived;
  const again = path === '/oauth/authorize' ? await askAgain(request, slug, body) : undefined;
  if (again) return again;
  const session = isForBrowsers(path) ? await currentSession() : undefined;
  const answered = await keepToApps(request, slug, path, () =>
    introspectsByBearer(request, path) ? introspectByBearer(request, slug, body) : answer({ ...arrived, session }),
  );
  return withFreshness(answered, path);
}

/** What everybody may read: it changes when keys or settings do, so that caches ask again. */
const published = /^\/(\.well-known\/|oauth\/jwks$)/;

/** Says what caches may do with an answer that does not say so itself: nothing keeps what depends on who asks. */
function withFreshness(answer: Response, path: string): Response {
  const isSaid = answer.headers.has('cache-control');
  if (!isSaid) answer.headers.set('Cache-Control', published.test(path) ? 'no-cache' : 'no-store');
  return answer;
}

/**
 * Answers an authorization request that arrived without our cookies by one that makes the browser send it again with
 * them; undefined for every other request.
 */
async function askAgain(request: Request, slug: string, body: Uint8Array): Promise<Response | undefined> {
  if (isFromForeignFrame(request)) return repeatingPage(request);
  if (request.method !== 'POST') return undefined;
  return (await findIssuer(slug)) ? authorizeByGet(request, slug, body) : unknownSandbox(slug);
}

/** Tells whether all parameters are valid text; any others would reach the app or the database altered. */
function isText(request: Request, body: Uint8Array): boolean {
  const isForm = mediaType(request.headers.get('content-type')) === 'application/x-www-form-urlencoded';
  return isWellFormed(new URL(request.url).search) && (!isForm || isWellFormed(body));
}

/**
 * Reads ahead, lets oidc-provider answer, and writes before the answer leaves. When another request has used the same
 * launch or interaction in the meantime, or the app or user has lost what they had, oidc-provider is asked a second time.
 */
async function answer(arrival: Arrival, isSecondTry = false): Promise<Response> {
  const { request, slug, path } = arrival;
  const ahead = await readAhead(request, arrival);
  if (!ahead) return unknownSandbox(slug);
  const { handle } = await providerOf(ahead.sandbox);
  const mount = { origin: env().origin, path: `/${slug}` };
  const named = withClientOfToken(request, path, ahead, arrival.body);
  const body = await withStoredSecret(request, path, ahead.sandbox.id, named);
  const exchange = nodeExchange(request, body, mount);
  const state = beginState(exchange.request, ahead);
  await handle(exchange.request, exchange.response);
  const response = await exchange.answer;
  const lost = await write(state, request, response);
  if (isRepeatable(lost) && !isSecondTry) return answer(arrival, true);
  if (state.signedOut) await endSignIn(state, arrival, response);
  const answered = settled(state, request, lost instanceof Response ? lost : allowSubmitting(path, response));
  recordAnswer(state, answered.status);
  return answered;
}

function settled({ busy }: RequestState, request: Request, answer: Response): Response {
  return busy && answer.status !== 503 ? failedForNow(request, answer, busy) : answer;
}

/** Signs the user out of the EHR too: otherwise the next request of an app would silently sign them in again. */
async function endSignIn({ signIn }: RequestState, { signedOutCookie }: Arrival, response: Response): Promise<void> {
  if (signIn) {
    await endSession(signIn.userId, signIn.sessionId);
    await recordAccount({ interaction: 'sign-out', account: { userId: signIn.userId }, about: { by: 'app' } });
  }
  const cookie = signedOutCookie?.();
  if (cookie) response.headers.append('Set-Cookie', cookie);
}

/** What was lost to another request, or taken away, meanwhile: the second try finds it so, and explains it. */
type Repeatable = 'launch' | 'interaction' | 'standing';

function isRepeatable(lost: Lost | Response | undefined): lost is Repeatable {
  return lost === 'launch' || lost === 'interaction' || lost === 'standing';
}

async function write(
  { writes }: RequestState,
  request: Request,
  response: Response,
): Promise<Response | Repeatable | undefined> {
  if (response.status >= 400) writes.withdrawIssued();
  try {
    const lost = await writes.write();
    // The client should learn the original reason of a refusal, not that it lost a race as well.
    if (!lost || response.status >= 400) return undefined;
    return isRepeatable(lost) ? lost : lostRace(response, lost);
  } catch (error) {
    if (!busyOf(error)) log.error('The authorization server could not write.', { error });
    return failed(request, response, error);
  }
}

function unknownSandbox(slug: string): Response {
  return refusal(404, `There is no sandbox ${slug} here.`);
}
