import { findIssuer } from '#lib/data/issuers.ts';
import { env } from '#lib/env.ts';
import { answer } from '../answer-oauth.ts';
import { makeProvider } from '../provider.ts';
import type { providerOf } from '../providers.ts';
import type { SandboxFixture } from './sandbox-fixture.ts';

/**
 * A second process on the same database: a provider of its own, with nothing in common but what is stored.
 * Answers its `post`, as `browser.ts` has it.
 */
export async function otherProcess({ slug }: SandboxFixture) {
  const sandbox = await findIssuer(slug);
  if (!sandbox) throw new Error('no such sandbox');
  const provider = await makeProvider(sandbox);
  const own = { provider, handle: provider.callback() } as Awaited<ReturnType<typeof providerOf>>;
  return async (endpoint: string, fields: Record<string, string>): Promise<Response> => {
    const form = new URLSearchParams(fields);
    const request = new Request(`${env().origin}/${slug}/oauth/${endpoint}`, { method: 'POST', body: form });
    const body = new TextEncoder().encode(form.toString());
    return answer({ request, slug, path: `/oauth/${endpoint}`, body, signIn: undefined }, async () => own);
  };
}
