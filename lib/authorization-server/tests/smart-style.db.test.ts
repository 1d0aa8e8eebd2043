import { beforeAll, describe, expect, it } from 'vitest';
import { saveBrand } from '#lib/data/sandbox/brands.ts';
import { issuerOf } from '#lib/env.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { smartStyleUrl } from '#lib/smart/brand/smart-style.ts';
import { Browser, post, tokensFor } from './browser.ts';
import { makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

async function launched(parameters?: object) {
  const launch = await makeLaunch(sandbox, clientId, parameters);
  return tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { launch });
}

async function refreshed(token: string) {
  const fields = { grant_type: 'refresh_token', refresh_token: token, client_id: clientId };
  return (await post(sandbox, 'token', fields)).json();
}

describe('smart_style_url', () => {
  it('names the style of the sandbox in the token response, and after a refresh [SMART 175 360]', async () => {
    const url = smartStyleUrl(issuerOf(sandbox.slug), {});
    const tokens = await launched();
    expect(tokens).toMatchObject({ smart_style_url: url, patient: 'baby' });
    expect(await refreshed(tokens.refresh_token)).toMatchObject({ smart_style_url: url, patient: 'baby' });
  });

  it('is another one when the sandbox got another colour, for running apps too', async () => {
    const tokens = await launched();
    await saveBrand(sandbox.id, readBrand({ color: '#5b21b6' }));
    const { smart_style_url: url } = await refreshed(tokens.refresh_token);
    expect(url).toBe(smartStyleUrl(issuerOf(sandbox.slug), { color: '#5b21b6' }));
    expect(url).not.toBe(tokens.smart_style_url);
  });

  it('is the one that a launch brought, when it did', async () => {
    const own = 'https://ehr.example/style.json';
    expect(await launched({ patient: 'baby', smart_style_url: own })).toMatchObject({ smart_style_url: own });
    expect(await launched({ patient: 'baby', smartStyleUrl: own })).toMatchObject({ smart_style_url: own });
  });

  it('is in the introspection response', async () => {
    const tokens = await launched();
    const introspected = await post(sandbox, 'introspect', { client_id: clientId, token: tokens.access_token });
    expect(await introspected.json()).toMatchObject({ active: true, smart_style_url: tokens.smart_style_url });
  });

  it('is nothing to a backend service, which shows no pages', async () => {
    const service = await makeClient(sandbox, { type: 'secret', scope: 'system/*.rs', redirectUris: [] });
    const fields = { grant_type: 'client_credentials', scope: 'system/Patient.rs' };
    const authorization = `Basic ${btoa(`${encodeURIComponent(service)}:${encodeURIComponent(secret)}`)}`;
    const response = await post(sandbox, 'token', fields, { authorization });
    expect(response.status).toBe(200);
    expect(await response.json()).not.toHaveProperty('smart_style_url');
  });
});
