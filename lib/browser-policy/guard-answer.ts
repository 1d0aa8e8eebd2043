import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressKind, kindOfAddress } from './address-kind.ts';
import { type PolicySettings, policiesOf } from './policies.ts';

export type GuardSettings = Omit<PolicySettings, 'nonce'>;

/**
 * Sees to it that the answer carries the policies of its address, whoever gives it: a page, a redirect, a file, an
 * error. Headers that the answer brings itself stay. The request is told the policy, from which Next takes the nonce
 * for its scripts.
 * @see https://nextjs.org/docs/app/guides/content-security-policy
 */
export function guardAnswer(request: IncomingMessage, response: ServerResponse, settings: GuardSettings): void {
  const kind = kindOfAddress(request.url ?? '/');
  const nonce = randomBytes(16).toString('base64');
  const policies = (of: AddressKind) => policiesOf(of, { nonce, ...settings });
  // Where there are data, the one page that may be drawn says that there is nothing.
  const page = kind === 'data' ? policies('page') : policies(kind);
  request.headers['content-security-policy'] = page['Content-Security-Policy'];
  const writeHead = response.writeHead;
  // Called for every answer, at the latest when its body begins: by then it has said what it has to say itself.
  response.writeHead = (...head: unknown[]) => {
    const shown = isMissingPage(response, head[0]) ? page : policies(kind);
    addMissing(response, isUnanswered(request, head[0]) ? { ...shown, ...noStore } : shown);
    return Reflect.apply(writeHead, response, head);
  };
}

function addMissing(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) if (!response.hasHeader(name)) response.setHeader(name, value);
}

const noStore = { 'Cache-Control': 'no-store' };

/** An answer about the address alone, which Next gives where a route has no such method: no cache keeps it either. */
function isUnanswered({ method }: IncomingMessage, status: unknown): boolean {
  return method === 'OPTIONS' || status === 405;
}

/** Nothing that is stored is 404, so this page is ours, whatever stands at other addresses of its kind. */
function isMissingPage(response: ServerResponse, status: unknown): boolean {
  return status === 404 && /^text\/html\b/.test(String(response.getHeader('Content-Type')));
}
