import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordLaunch } from '#lib/data/launches.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

async function launch(parameters: object = { patient: 'baby' }, to = clientId, userId = sandbox.users.chen) {
  const recorded = await recordLaunch({ sandboxId: sandbox.id, clientId: to, userId, parameters, origin: 'ui' });
  if ('refusal' in recorded) throw new Error(recorded.refusal.message);
  return recorded.launch.launchId;
}

describe('an EHR launch of a trusted public app', () => {
  it('takes one request of a signed-in clinician, and gives tokens with the launch context', async () => {
    const browser = new Browser(sandbox, sandbox.users.chen);
    const parameters = { patient: 'baby', encounter: 'visit', need_patient_banner: false, intent: 'review' };
    const response = await browser.visit(authorizeUrl(sandbox, clientId, { launch: await launch(parameters) }));
    const { code = '', ...answer } = answerToApp(response);
    expect(answer).toEqual({ state: 'the state', iss: `${env().origin}/${sandbox.slug}` });
    const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
    expect(exchanged.headers.get('cache-control')).toBe('no-store');
    expect(exchanged.headers.get('pragma')).toBe('no-cache');
    const tokens = await exchanged.json();
    expect(tokens).toMatchObject({
      ...parameters,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid fhirUser launch patient/*.rs offline_access',
    });
    const { payload, protectedHeader } = await verified(tokens.id_token);
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      sub: sandbox.users.chen,
      aud: clientId,
      nonce: 'the nonce',
      fhirUser: `${env().origin}/${sandbox.slug}/fhir/Practitioner/dr-chen`,
      profile: `${env().origin}/${sandbox.slug}/fhir/Practitioner/dr-chen`,
    });
  });
});

function verified(idToken: string) {
  const fetchHere = (url: string, init: RequestInit) =>
    answerOauth(new Request(url, init), sandbox.slug, async () => undefined);
  const issuer = `${env().origin}/${sandbox.slug}`;
  const keys = createRemoteJWKSet(new URL(`${issuer}/oauth/jwks`), { [customFetch]: fetchHere });
  return jwtVerify(idToken, keys, { issuer, audience: clientId });
}

it('dummy', () => expect(tokensFor).toBeDefined());
