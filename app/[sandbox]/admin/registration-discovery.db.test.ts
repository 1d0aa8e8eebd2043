import { expect, it } from 'vitest';
import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { makeSandbox } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { setRegistrationMode } from '#lib/data/client/registration-mode.ts';
import { env } from '#lib/env.ts';
import { answerMetadata, answerSmartConfiguration } from '#lib/resource-server/discovery/discovery.ts';

/** The registration endpoints that the three discovery documents of a sandbox announce. */
async function announced(slug: string) {
  const at = new Request(`${env().origin}/${slug}/.well-known/openid-configuration`);
  const openid = await (await answerOauth(at, slug, async () => undefined)).json();
  const smart = await (await answerSmartConfiguration(slug)).json();
  const { rest } = await (await answerMetadata(slug)).json();
  const uris: { url: string; valueUri: string }[] = rest[0].security.extension[0].extension;
  const metadata = uris.find(({ url }) => url === 'register')?.valueUri;
  return [openid.registration_endpoint, smart.registration_endpoint, metadata];
}

it('announces dynamic registration in all three discovery documents, or in none', async () => {
  const { id, slug } = await makeSandbox();
  const endpoint = `${env().origin}/${slug}/oauth/register`;
  expect(await announced(slug)).toEqual([undefined, undefined, undefined]);
  for (const mode of ['token', 'open'] as const) {
    await setRegistrationMode(id, mode);
    expect(await announced(slug)).toEqual([endpoint, endpoint, endpoint]);
  }
  await setRegistrationMode(id, 'off');
  expect(await announced(slug)).toEqual([undefined, undefined, undefined]);
});
