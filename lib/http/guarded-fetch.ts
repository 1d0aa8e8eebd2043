import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch } from 'undici';
import { isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';

/** What requests to addresses that others have chosen may reach. */
export interface OutboundRules {
  /** Our own origin, which may be fetched wherever it runs. */
  ownOrigin: string;
  /** Whether loopback and private ranges, and plain http, are fine: only where the server itself is somebody's own. */
  allowPrivateAddresses: boolean;
  /** How host names become addresses; `dns.lookup` unless told otherwise. */
  lookup?: LookupFunction;
  /** How long an answer may take in all, in milliseconds; four seconds unless told otherwise. */
  patience?: number;
  /** How long an answer may be, in bytes; 128 KiB unless told otherwise. */
  longestBody?: number;
}

/** What is sent beyond a plain GET for JSON. */
export interface OutboundRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

/** Why an address was not fetched, as the end of a sentence that begins with the address; it tells nothing about inner hosts. */
export class OutboundProblem extends Error {}

const usualPatience = 4000;
const usualLongest = 128 * 1024;

/**
 * Asks at an address that somebody else has chosen, without redirects, within a few seconds and 128 KiB, and only
 * hosts on the public internet. The address that was checked is the address connected to, whatever DNS answers later.
 * @throws OutboundProblem when there is no answer, or it redirects or is too long
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export async function guardedFetch(
  address: string,
  rules: OutboundRules,
  request: OutboundRequest = {},
): Promise<Response> {
  const url = new URL(address);
  const open = rules.allowPrivateAddresses || url.origin === rules.ownOrigin;
  if (!open) refuseAddress(url);
  // An agent of its own: no connection that an earlier check let through is used again.
  const dispatcher = new Agent({ connect: { lookup: open ? resolverOf(rules) : publicOnly(resolverOf(rules)) } });
  try {
    return await exchange(url, dispatcher, rules, request);
  } catch (error) {
    throw problemOf(error);
  } finally {
    dispatcher.destroy().catch(() => undefined);
  }
}

async function exchange(
  url: URL,
  dispatcher: Agent,
  { patience = usualPatience, longestBody = usualLongest }: OutboundRules,
  { headers, ...request }: OutboundRequest,
): Promise<Response> {
  const response = await fetch(url, {
    ...request,
    dispatcher,
    redirect: 'manual',
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'ehr-sandbox', ...headers },
    signal: AbortSignal.timeout(patience),
  });
  if (response.status >= 300 && response.status < 400) throw new OutboundProblem('redirects, which is not followed');
  const body = await readBody(response, longestBody);
  if (!body) throw new OutboundProblem(`answers with more than ${longestBody} bytes`);
  return new Response(body.length > 0 ? new Uint8Array(body) : null, {
    status: response.status,
    headers: [...response.headers],
  });
}

const notPublic = 'does not lead to a host on the public internet';

/** Node asks no resolver about an address that is an IP address already. */
function refuseAddress({ protocol, hostname }: URL): void {
  if (protocol !== 'https:') throw new OutboundProblem('does not use https');
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  if ((literal !== hostname || /^[\d.]+$/.test(literal)) && !isPublicAddress(literal)) {
    throw new OutboundProblem(notPublic);
  }
}

function resolverOf({ lookup }: OutboundRules): LookupFunction {
  return lookup ?? dnsLookup;
}

/** A resolver whose every answer is a public address: one that is not among them spoils them all. */
function publicOnly(resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, options, (error, address, family) => {
      if (!error && ![address].flat().every((one) => isPublicAddress(addressOf(one)))) {
        callback(new OutboundProblem(notPublic), address, family);
      } else callback(error, address, family);
    });
}

function addressOf(answer: string | LookupAddress): string {
  return typeof answer === 'string' ? answer : answer.address;
}

/** What undici wraps: our own reasons are told, those of the network are not, for they would map it. */
function problemOf(error: unknown): OutboundProblem {
  if (error instanceof OutboundProblem) return error;
  const { name, cause } = error as Error;
  if (cause instanceof OutboundProblem) return cause;
  return new OutboundProblem(name === 'TimeoutError' ? 'does not answer in time' : 'cannot be reached', {
    cause: error,
  });
}
