import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { isWebAddress } from '#lib/address/web-address.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { env } from '#lib/env.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody, tooLong } from '#lib/http/body/read-body.ts';
import { authOptions, cookieNames } from './auth-options.ts';
import { busyAnswer } from './busy-answer.ts';
import { currentSession, currentUser } from './current-user.ts';
import { rememberedUsername } from './remembered-username.ts';

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/**
 * Answers next-auth's route. After a failed sign-in it also sets a cookie with the typed name, which lasts two minutes
 * and reaches only the sign-in page, so that the name stays out of addresses and logs. Trouble of the database is 503:
 * it signs nobody in, out, or off as mistaken.
 */
export async function answerAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  let failure: unknown;
  const onFailure = (thrown: unknown) => {
    failure ??= busyOf(thrown);
  };
  try {
    const answer = await answerWith(request, context, onFailure);
    return busyAnswer(request, failure) ?? answer;
  } catch (thrown) {
    const busy = busyAnswer(request, thrown);
    if (busy) return busy;
    throw thrown;
  }
}

async function answerWith(
  request: NextRequest,
  context: RouteContext,
  onFailure: (thrown: unknown) => void,
): Promise<Response> {
  const sent = await readBody({ headers: request.headers, body: streamOf(request) }, maxBodyLength.message);
  if (!sent) return new Response(tooLong(maxBodyLength.message), { status: 413 });
  const body = new TextDecoder().decode(sent);
  if (!isReadable(request, body)) return new Response('The body of this request is not JSON.', { status: 400 });
  if (isSignInByGet(request)) return new Response('Sign in by POST.', { status: 405, headers: { Allow: 'POST' } });
  const astray = refuseBadCallback(request);
  if (astray) return astray;
  // next-auth knows only the cookie, and would renew that of a session that has ended.
  if (request.nextUrl.pathname.endsWith('/session') && !(await currentUser())) return nobody();
  const options = await authOptions({
    headers: request.headers,
    before: await currentSession(),
    cookies: await cookies(),
    onFailure,
  });
  const response: Response = await NextAuth(withBody(request, body), context, options);
  if (request.method === 'POST') explainFailure(response.headers, new URLSearchParams(body));
  return response;
}

/** Whether a request would sign in without a form, on which next-auth fails. */
function isSignInByGet({ method, nextUrl }: NextRequest): boolean {
  return method !== 'POST' && /\/callback\/credentials\/?$/.test(nextUrl.pathname);
}

function streamOf(request: NextRequest): AsyncIterable<Uint8Array> | null {
  return request.body as AsyncIterable<Uint8Array> | null;
}

/** The request as next-auth shall read it, once its body has been read here. */
function withBody(request: NextRequest, body: string): NextRequest {
  const { url, method, headers } = request;
  return request.body ? new NextRequest(url, { method, headers, body }) : request;
}

/** What next-auth says of a browser in which nobody is signed in. */
function nobody(): Response {
  return Response.json({}, { headers: { 'Cache-Control': 'private, no-store' } });
}

/** Refuses a `callbackUrl` that is no web address, on which next-auth would fail. It may be a parameter or a cookie. */
function refuseBadCallback(request: NextRequest): Response | undefined {
  const { callbackUrl } = cookieNames();
  const [asked, ...more] = request.nextUrl.searchParams.getAll('callbackUrl');
  if (more.length > 0) return new Response('callbackUrl is given more than once.', { status: 400 });
  if (asked && !isReturnAddress(asked)) return new Response('callbackUrl is no web address.', { status: 400 });
  const kept = request.cookies.get(callbackUrl)?.value;
  if (!kept || isReturnAddress(kept)) return undefined;
  const headers = { 'Set-Cookie': `${callbackUrl}=; Path=/; Max-Age=0`, 'Content-Type': 'text/plain' };
  return new Response('A cookie of this site was spoilt, and is removed now. Try again.', { status: 400, headers });
}

function isReturnAddress(text: string): boolean {
  return isWebAddress(text.startsWith('/') ? (URL.parse(text, env().origin)?.href ?? '') : text);
}

function isReadable(request: NextRequest, body: string): boolean {
  if (!body || !request.headers.get('content-type')?.includes('application/json')) return true;
  try {
    return typeof JSON.parse(body) === 'object';
  } catch {
    return false;
  }
}

/**
 * Redirects a failed sign-in to our page with the reason and the callback address, both of which next-auth would drop.
 */
function explainFailure(headers: Headers, fields: URLSearchParams): void {
  const { origin } = env();
  const location = new URL(headers.get('location') ?? origin, origin);
  const error = location.searchParams.get('csrf') ? 'expired' : location.searchParams.get('error');
  if (!error || !location.pathname.startsWith('/api/auth/')) return;
  const query = new URLSearchParams({ begun: '1', error, callbackUrl: fields.get('callbackUrl') ?? '/' });
  headers.set('location', `${origin}/sign-in?${query}`);
  headers.append('set-cookie', rememberedUsername(fields.get('username') ?? ''));
}
