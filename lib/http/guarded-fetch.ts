import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { measureSince } from '#lib/telemetry/metrics.ts';
import { inSpan } from '#lib/telemetry/spans.ts';
import { FairQueue } from '#lib/work/fair-queue.ts';
import { requireNoTransaction } from '#lib/work/open-transaction.ts';
import { readBody } from './body/read-body.ts';
import { nameLookup } from './names/name-lookup.ts';
import { isPublicAddress } from './public-address.ts';

/** Limits on requests to addresses that others chose. */
export interface OutboundRules {
  /** Our own origins, which may be fetched wherever they are. */
  ownOrigins: readonly string[];
  /** Whether loopback, private ranges and plain http are allowed: only where the server is private itself. */
  allowPrivateAddresses: boolean;
  /** Resolves host names; within a limit of time, and past Node's threads, by default. */
  lookup?: LookupFunction;
  /** Whose requests count together, such as the id of a sandbox; those of the host by default. */
  sender?: string;
  /** Time limit for the whole exchange, in milliseconds; four seconds by default. */
  patience?: number;
  /** Longest accepted response body, in bytes; 128 KiB by default. */
  maxBodyLength?: number;
}

/** Everything sent beyond a plain GET for JSON. */
export interface OutboundRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/**
 * Why an address was not fetched, phrased to follow the address in a sentence. Reveals nothing about internal hosts.
 */
export class OutboundError extends Error {}

const systemLookup = nameLookup();

const defaultPatience = 4000;
const defaultMaxBodyLength = 128 * 1024;

const full = () => new OutboundError('cannot be asked now, because too many requests are under way');
/** By sender and host, so that a slow host gets no more than half of the places of its sender. */
const senderHosts = new FairQueue({
  name: 'outbound-sender-hosts',
  maxAtOnce: Number.POSITIVE_INFINITY,
  maxInLane: 16,
  maxWaiting: 64,
  full,
});
const senders = new FairQueue({ name: 'outbound-senders', maxAtOnce: 128, maxInLane: 32, maxWaiting: 128, full });
const hosts = new FairQueue({ name: 'outbound-hosts', maxAtOnce: 128, maxInLane: 16, maxWaiting: 64, full });

/**
 * Fetches from an address that somebody else chose: without redirects, within limits of time and length, and only from
 * hosts on the public internet. Connects to the very address that was checked, whatever DNS answers later. Few requests
 * to one host, and of one sender, are under way at the same time; the others wait within their time limit.
 * @throws OutboundError when there is no response, or it redirects or is too long
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export async function guardedFetch(
  address: string,
  rules: OutboundRules,
  request: OutboundRequest = {},
): Promise<Response> {
  requireNoTransaction('A request to another server');
  const url = new URL(address);
  const open = rules.allowPrivateAddresses || rules.ownOrigins.includes(url.origin);
  if (!open) refuseAddress(url);
  // A new agent each time, so that no connection allowed by an earlier check is reused.
  const dispatcher = new Agent({ connect: { lookup: open ? resolverOf(rules) : publicOnly(resolverOf(rules)) } });
  const signal = AbortSignal.timeout(rules.patience ?? defaultPatience);
  const began = performance.now();
  let result = 'failed';
  try {
    const answer = await inSpan('outbound request', { 'server.address': url.host }, () =>
      inTurn(url, rules.sender ?? url.host, signal, () => exchange(url, dispatcher, rules, { ...request, signal })),
    );
    result = 'answered';
    return answer;
  } catch (error) {
    throw outboundErrorOf(error);
  } finally {
    measureSince('ehr_outbound_request_duration_seconds', began, { result });
    dispatcher.destroy().catch(() => undefined);
  }
}

/**
 * Runs `work` when sender and host have their turn, unless its time is over before that. Whoever waits for one queue has
 * a place in those before it, so the queues go from what is one sender's to what all share.
 */
function inTurn<T>({ host }: URL, sender: string, over: AbortSignal, work: () => Promise<T>): Promise<T> {
  const atHost = () => hosts.run(host, work, over);
  const ofSender = () => senders.run(sender, atHost, over);
  return senderHosts.run(JSON.stringify([sender, host]), ofSender, over);
}

async function exchange(
  url: URL,
  dispatcher: Agent,
  { maxBodyLength = defaultMaxBodyLength }: OutboundRules,
  { headers, ...request }: OutboundRequest & { signal: AbortSignal },
): Promise<Response> {
  const response = await fetch(url, {
    ...request,
    dispatcher,
    redirect: 'manual',
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'ehr-sandbox', ...headers },
  });
  if (response.status >= 300 && response.status < 400) throw new OutboundError('redirects, which is not followed');
  const body = await readBody(response, maxBodyLength);
  if (!body) throw new OutboundError(`answers with more than ${maxBodyLength} bytes`);
  return new Response(body.length > 0 ? new Uint8Array(body) : null, {
    status: response.status,
    headers: [...response.headers],
  });
}

const notPublic = 'does not lead to a host on the public internet';

/** Checks what the resolver cannot: the scheme, and hosts given as IP addresses, which are never resolved. */
function refuseAddress({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw new OutboundError('does not use https');
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  if ((literal !== hostname || /^[\d.]+$/.test(literal)) && !isPublicAddress(literal)) {
    throw new OutboundError(notPublic);
  }
}

function resolverOf({ lookup }: OutboundRules): LookupFunction {
  return lookup ?? systemLookup;
}

/** Wraps a resolver so that it fails if any of the addresses found is not public. */
function publicOnly(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, options, (error, address, family) => {
      if (!error && ![address].flat().every((one) => isPublicAddress(addressOf(one)))) {
        callback(new OutboundError(notPublic), address, family);
      } else callback(error, address, family);
    });
}

function addressOf(answer: string | LookupAddress): string {
  return typeof answer === 'string' ? answer : answer.address;
}

/**
 * Our own error if undici has wrapped one. Network errors become a general one, as their details would map the internal
 * network.
 */
function outboundErrorOf(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error;
  const { name, cause } = error as Error;
  if (cause instanceof OutboundError) return cause;
  return new OutboundError(name === 'TimeoutError' ? 'does not answer in time' : 'cannot be reached', {
    cause: error,
  });
}
