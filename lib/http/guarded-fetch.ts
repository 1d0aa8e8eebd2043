import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { requireNoTransaction } from '#lib/work/open-transaction.ts';
import { isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';

/** Limits on requests to addresses that others chose. */
export interface OutboundRules {
  /** Our own origin, which may be fetched wherever it runs. */
  ownOrigin: string;
  /** Whether loopback, private ranges and plain http are allowed: only where the server is private itself. */
  allowPrivateAddresses: boolean;
  /** Resolves host names; `dns.lookup` by default. */
  lookup?: LookupFunction;
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

const defaultPatience = 4000;
const defaultMaxBodyLength = 128 * 1024;

/**
 * Fetches from an address that somebody else chose: without redirects, within limits of time and length, and only from
 * hosts on the public internet. Connects to the very address that was checked, whatever DNS answers later.
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
  const open = rules.allowPrivateAddresses || url.origin === rules.ownOrigin;
  if (!open) refuseAddress(url);
  // A new agent each time, so that no connection allowed by an earlier check is reused.
  const dispatcher = new Agent({ connect: { lookup: open ? resolverOf(rules) : publicOnly(resolverOf(rules)) } });
  try {
    return await exchange(url, dispatcher, rules, request);
  } catch (error) {
    throw outboundErrorOf(error);
  } finally {
    dispatcher.destroy().catch(() => undefined);
  }
}

async function exchange(
  url: URL,
  dispatcher: Agent,
  { patience = defaultPatience, maxBodyLength = defaultMaxBodyLength }: OutboundRules,
  { headers, ...request }: OutboundRequest,
): Promise<Response> {
  const response = await fetch(url, {
    ...request,
    dispatcher,
    redirect: 'manual',
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'ehr-sandbox', ...headers },
    signal: AbortSignal.timeout(patience),
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
  return lookup ?? dnsLookup;
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
