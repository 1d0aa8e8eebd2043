import type { IncomingMessage, ServerResponse } from 'node:http';
import { findIssuer } from '#lib/data/issuers.ts';
import { env } from '#lib/env.ts';
import { nodeExchange } from '#lib/http/node-exchange.ts';
import { makeProvider } from '../provider.ts';
import { rememberState } from '../request-state.ts';
import type { SandboxFixture } from './sandbox-fixture.ts';

/**
 * A second process on the same database: a provider of its own, with nothing in common but what is stored.
 * Answers its `post`, as `browser.ts` has it.
 */
export async function otherProcess({ slug }: SandboxFixture) {
  const sandbox = await findIssuer(slug);
  if (!sandbox) throw new Error('no such sandbox');
  const handle = (await makeProvider(sandbox)).callback() as (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
  return async (endpoint: string, fields: Record<string, string>): Promise<Response> => {
    const body = new URLSearchParams(fields);
    const request = new Request(`${env().origin}/${slug}/oauth/${endpoint}`, { method: 'POST', body });
    const bytes = new Uint8Array(await request.clone().arrayBuffer());
    const {
      request: incoming,
      response,
      answer,
    } = nodeExchange(request, bytes, {
      origin: env().origin,
      path: `/${slug}`,
    });
    rememberState(incoming, { sandbox, accounts: new Map() });
    await handle(incoming, response);
    return answer;
  };
}
