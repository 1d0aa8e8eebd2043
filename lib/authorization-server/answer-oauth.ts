import { findIssuer } from '#lib/data/sandbox/issuers.ts';
import { endLoginSessions } from '#lib/data/token/login-sessions.ts';
import { env } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { nodeExchange } from '#lib/http/node-exchange.ts';
import { readBody } from '#lib/http/read-body.ts';
import { isWellFormed } from '#lib/http/well-formed.ts';
import { sweepNowAndThen } from './adapter/sweep.ts';
import { authorizeByGet } from './authorization/authorize-by-get.ts';
import { isFromForeignFrame, repeatingPage } from './authorization/framed-request.ts';
import { keepToApps } from './cross-origin.ts';
import { providerOf } from './providers.ts';
import { withStoredSecret } from './registration/secret.ts';
import { failed, lostRace } from './request/lost-race.ts';
import { isForBrowsers, readAhead } from './request/read-ahead.ts';
import { refusal } from './request/refusal.ts';
import { beginState, type RequestState, type SignIn } from './request/request-state.ts';
import { introspectByBearer, introspectsByBearer } from './token/bearer-introspection.ts';
import { withClientOfToken } from './token/named-by-token.ts';

/** Far more than any OAuth request holds; a client_assertion is the longest part. */
const maxBodyLength = 64 * 1024;

/** A request to the authorization server of one sandbox, read as far as it must be before the sandbox is known. */
interface Arrival {
  request: Request;
  slug: string;
  /** The path below the sandbox. */
  path: string;
  body: Uint8Array;
  signIn: SignIn | undefined;
  signedOutCookie?: () => string;
}

/**
 * Answers every OAuth and OpenID Connect endpoint of the sandbox `slug`, at `/{slug}/oauth/…` and
 * `/{slug}/.well-known/…`.
 * @param currentUser who is signed in at the EHR in this browser; asked only where it matters
 * @param signedOutCookie the `Set-Cookie` value that ends that sign-in when the user signs out at an app's wish
 */
export async function answerOauth(
  request: Request,
  slug: string,
  currentUser: () => Promise<SignIn | undefined>,
  signedOutCookie?: () => string,
): Promise<Response> {
  const body = await readBody(request, maxBodyLength);
  if (!body) return refusal(413, `The request body is longer than ${maxBodyLength} bytes.`);
  if (!isText(request, body)) return refusal(400, 'A parameter is not UTF-8 text, or holds the character NUL.');
  const path = new URL(request.url).pathname.slice(slug.length + 1);
  const again = path === '/oauth/authorize' ? await askAgain(request, slug, body) : undefined;
  if (again) return again;
  const signIn = isForBrowsers(path) ? await currentUser() : undefined;
  await sweepNowAndThen();
  return keepToApps(request, slug, path, () =>
    introspectsByBearer(request, path)
      ? introspectByBearer(request, slug, body)
      : answer({ request, slug, path, body, signIn, ...(signedOutCookie ? { signedOutCookie } : {}) }),
  );
}

/** An authorization request that came without our cookies must come once more, in the way that brings them. */
async function askAgain(request: Request, slug: string, body: Uint8Array): Promise<Response | undefined> {
  if (isFromForeignFrame(request)) return repeatingPage(request);
  if (request.method !== 'POST') return undefined;
  return (await findIssuer(slug)) ? authorizeByGet(request, slug, body) : unknownSandbox(slug);
}

/** Parameters that are no text would reach the app, or the database, as something else. */
function isText(request: Request, body: Uint8Array): boolean {
  const isForm = mediaType(request.headers.get('content-type')) === 'application/x-www-form-urlencoded';
  return isWellFormed(new URL(request.url).search) && (!isForm || isWellFormed(body));
}

/**
 * Reads, lets oidc-provider answer, and writes, before anything of the answer leaves. When another request was faster
 * with the same launch, oidc-provider answers once more, and finds the launch used.
 */
async function answer(arrival: Arrival, isSecondTry = false): Promise<Response> {
  const { request, slug, path, signIn } = arrival;
  const ahead = await readAhead(request, { ...arrival, userId: signIn?.userId });
  if (!ahead) return unknownSandbox(slug);
  const { handle } = await providerOf(ahead.sandbox);
  const mount = { origin: env().origin, path: `/${slug}` };
  const named = withClientOfToken(request, path, ahead, arrival.body);
  const body = await withStoredSecret(request, path, ahead.sandbox.id, named);
  const exchange = nodeExchange(request, body, mount);
  const state = beginState(exchange.request, ahead, signIn);
  await handle(exchange.request, exchange.response);
  const response = await exchange.answer;
  const lost = await write(state, response);
  if (lost === 'launch' && !isSecondTry) return answer(arrival, true);
  if (state.signedOut) await endSignIn(arrival, response);
  return lost instanceof Response ? lost : response;
}

/** Who signs out is signed out of the EHR too: the next request of an app would else sign them in again in silence. */
async function endSignIn({ signIn, signedOutCookie }: Arrival, response: Response): Promise<void> {
  if (signIn) await endLoginSessions(signIn.userId);
  const cookie = signedOutCookie?.();
  if (cookie) response.headers.append('Set-Cookie', cookie);
}

async function write({ writes }: RequestState, response: Response): Promise<Response | 'launch' | undefined> {
  if (response.status >= 400) writes.withdrawIssued();
  try {
    const lost = await writes.write();
    // A refusal stays the refusal that it was.
    if (!lost || response.status >= 400) return undefined;
    return lost === 'launch' ? 'launch' : lostRace(response, lost);
  } catch (error) {
    console.error('The authorization server could not write:', error);
    return failed(response);
  }
}

function unknownSandbox(slug: string): Response {
  return refusal(404, `There is no sandbox ${slug} here.`);
}
