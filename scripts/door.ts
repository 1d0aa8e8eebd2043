/** What every request passes before Next sees it. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { type GuardSettings, guardAnswer } from '#lib/browser-policy/guard-answer.ts';
import { answerHealth } from '#lib/health/answer-health.ts';
import { addressTo } from '#lib/http/address-headers.ts';
import { bounded } from '#lib/http/body/bounded.ts';
import { maxBodyLengthAt } from '#lib/http/body/max-body-length.ts';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import { clientAddress, trusting } from '#lib/http/client-address.ts';
import { refusalOfForm } from '#lib/http/form/boundary.ts';
import { refusalOfForeignAction } from '#lib/http/form/foreign-action.ts';
import { holdBody } from '#lib/http/form/hold-body.ts';
import { isDecodedForm, refusalOfBody } from '#lib/http/form/sent-form.ts';
import { observed } from '#lib/http/observed.ts';
import { answeringTrouble } from '#lib/http/page/answer-trouble.ts';
import { type Refusal, refusalOf } from '#lib/http/request-line.ts';
import { serveWaiting } from '#lib/http/serve-waiting.ts';
import { refusalOfSite, siteOf } from '#lib/http/site.ts';
import { refusalOfSpeculation } from '#lib/http/speculative-request.ts';

interface DoorOptions {
  /** The origins that requests count as sent to. */
  own: OwnOrigins;
  /** Addresses and ranges of the proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  handler: RequestListener;
  /** The server that collects the upgrades of all doors. */
  upgrades: Server;
  /** What the policies of answers depend on. */
  policy: GuardSettings;
}

/**
 * How long an idle connection stays open, in milliseconds: longer than proxies keep theirs (60 s, 75 s), so that they
 * close it, and never send a request to a connection that is being closed here.
 */
const keepAliveTimeout = 90_000;

/**
 * Makes a server that addresses each request, says how healthy it is, refuses what frameworks fail on, guards every
 * answer, and hands on the rest, which knows when its client has gone, and is 503 when the database is in trouble. There
 * are no upgrades, except for Next's in development.
 */
export function makeDoor(options: DoorOptions): Server {
  const { own, trustedProxies, handler, upgrades, policy } = options;
  const trusts = trusting(trustedProxies);
  const address = (request: IncomingMessage) => {
    const { headers, socket } = request;
    const site = siteOf(request, own);
    const caller = clientAddress(socket.remoteAddress, forwardedFor(headers), trusts);
    addressTo(site, caller, headers);
    // Whatever a browser has for that host, the bundled apps know nobody.
    if (site === own.samplesOrigin) delete headers.cookie;
    return caller;
  };
  const waiting = serveWaiting(answeringTrouble(handler));
  const admit = bounded((request, response) => {
    const elsewhere = refusalOfSite(request, own);
    const caller = address(request);
    const goOn = () => calledFrom(caller, () => waiting(request, response));
    const foreign = refusalOfForeignAction(request, siteOf(request, own));
    const refusal =
      refusalOf(request) ?? elsewhere ?? foreign ?? refusalOfForm(request) ?? refusalOfSpeculation(request);
    if (refusal) return refuse(response, refusal);
    return whenReadable(request, (unreadable) => (unreadable ? refuse(response, unreadable) : goOn()));
  });
  const answer = observed((request, response) => {
    guardAnswer(request, response, policy);
    if (own.origin.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    return answerHealth(request, response) || admit(request, response);
  });
  // A client that waits before it sends its body; Node would invite it before anybody has looked.
  const server = createServer({ keepAliveTimeout }, answer).on('checkContinue', answer);
  // Without a listener Node answers the request as if it asked for no upgrade; some clients offer h2c with each.
  if (!policy.development) return server;
  return server.on('upgrade', (request, socket, head) => {
    address(request);
    const passes = isOfNext(request) && !refusalOf(request);
    if (!passes || !upgrades.emit('upgrade', request, socket, head)) socket.destroy();
  });
}

/**
 * Calls `then` when the framework may decode the request, with the refusal of a form that it would fail on. Handlers that
 * read a body themselves know what to say of it.
 */
function whenReadable(request: IncomingMessage, then: (refusal?: Refusal) => unknown): unknown {
  const limit = maxBodyLengthAt((request.url ?? '/').split('?')[0] ?? '');
  if (limit === undefined || !isDecodedForm(request)) return then();
  const whenWhole = async (body: Buffer) => then(await refusalOfBody(request.headers, body));
  return holdBody(request, { length: limit }, whenWhole, then);
}

function refuse(response: ServerResponse, { status, text, headers }: Refusal): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(text);
}

/** Next answers upgrades only at its own addresses; all others it would keep open without an answer. */
function isOfNext({ url = '/' }: IncomingMessage): boolean {
  return url.startsWith('/_next/');
}

/** Node joins repeated headers of this name into one text. */
function forwardedFor({ 'x-forwarded-for': value }: IncomingMessage['headers']): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
