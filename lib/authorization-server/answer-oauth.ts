import { findIssuer, type Issuer } from '#lib/data/issuers.ts';
import { env } from '#lib/env.ts';
import { mediaType } from '#lib/http/accept.ts';
import { nodeExchange } from '#lib/http/node-exchange.ts';
import { readBody } from '#lib/http/read-body.ts';
import { isWellFormed } from '#lib/http/well-formed.ts';
import { authorizeByGet } from './authorize-by-get.ts';
import { providerOf } from './providers.ts';
import { refusal } from './refusal.ts';
import { rememberState, type SignIn } from './request-state.ts';
import { sweepNowAndThen } from './sweep.ts';

/** Far more than any OAuth request holds; a client_assertion is the longest part. */
const longestBody = 64 * 1024;

/** Only these look at the browser's session; apps call the others without one. */
const withSession = /\/oauth\/(authorize|session)(\/|$)/;

/**
 * Answers every OAuth and OpenID Connect endpoint of the sandbox `slug`, at `/{slug}/oauth/…` and
 * `/{slug}/.well-known/…`.
 * @param currentUser who is signed in at the EHR in this browser; asked only where it matters
 */
export async function answerOauth(
  request: Request,
  slug: string,
  currentUser: () => Promise<SignIn | undefined>,
): Promise<Response> {
  const sandbox = await findIssuer(slug);
  if (!sandbox) return refusal(404, `There is no sandbox ${slug} here.`);
  const body = await readBody(request, longestBody);
  if (!body) return refusal(413, `The request body is longer than ${longestBody} bytes.`);
  if (!isText(request, body)) return refusal(400, 'A parameter is not UTF-8 text, or holds the character NUL.');
  const { pathname } = new URL(request.url);
  if (request.method === 'POST' && pathname === `/${slug}/oauth/authorize`) return authorizeByGet(request, slug, body);
  return exchange(request, body, sandbox, withSession.test(pathname) ? await currentUser() : undefined);
}

/** Parameters that are no text would reach the app, or the database, as something else. */
function isText(request: Request, body: Uint8Array): boolean {
  const isForm = mediaType(request.headers.get('content-type')) === 'application/x-www-form-urlencoded';
  return isWellFormed(new URL(request.url).search) && (!isForm || isWellFormed(body));
}

async function exchange(request: Request, body: Uint8Array, sandbox: Issuer, signIn: SignIn | undefined) {
  await sweepNowAndThen();
  const { handle } = await providerOf(sandbox);
  const mount = { origin: env().origin, path: `/${sandbox.slug}` };
  const { request: incoming, response, answer } = nodeExchange(request, body, mount);
  rememberState(incoming, { sandbox, signIn, accounts: new Map() });
  await handle(incoming, response);
  return answer;
}
