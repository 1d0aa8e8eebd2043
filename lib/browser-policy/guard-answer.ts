import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { kindOfAddress } from './address-kind.ts';
import { type PolicySettings, policiesOf } from './policies.ts';

export type GuardSettings = Omit<PolicySettings, 'nonce'>;

/**
 * Sees to it that the answer carries the policies of its address, whoever gives it: a page, a redirect, a file, an
 * error. Headers that the answer brings itself stay. The request is told the policy, from which Next takes the nonce
 * for its scripts.
 * @see https://nextjs.org/docs/app/guides/content-security-policy
 */
export function guardAnswer(request: IncomingMessage, response: ServerResponse, settings: GuardSettings): void {
  const policies = policiesOf(kindOfAddress(request.url ?? '/'), {
    nonce: randomBytes(16).toString('base64'),
    ...settings,
  });
  request.headers['content-security-policy'] = policies['Content-Security-Policy'];
  const writeHead = response.writeHead;
  // Called for every answer, at the latest when its body begins: by then it has said what it has to say itself.
  response.writeHead = (...head: unknown[]) => {
    for (const [name, value] of Object.entries(policies))
      if (!response.hasHeader(name)) response.setHeader(name, value);
    return Reflect.apply(writeHead, response, head);
  };
}
