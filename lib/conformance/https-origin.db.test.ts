import { beforeAll, expect, it, vi } from 'vitest';
import { authorizeUrl, Browser, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import { makeClient, makeLaunch, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { answer, askFhir, makeHospital } from './servers.ts';

// Runs before any module reads the configuration: a server behind TLS.
vi.hoisted(() => {
  process.env.PUBLIC_URL = 'https://ehr.example';
});

let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeHospital();
});

it.each(['/fhir/.well-known/smart-configuration', '/fhir/metadata', '/.well-known/openid-configuration'])(
  '%s names https addresses alone, whatever the request came by [SMART 231]',
  async (path) => {
    const response = await answer(new Request(`http://ehr.example/${sandbox.slug}${path}`));
    expect(response.status).toBe(200);
    const text = await response.text();
    const own =
      text.match(/https?:\/\/(?!(?:hl7|www\.hl7|terminology\.hl7|fhir-registry|docs\.smarthealthit)\b)[^"\s]+/g) ?? [];
    expect(own.length).toBeGreaterThan(4);
    expect(own.filter((url) => !url.startsWith('https://ehr.example/'))).toEqual([]);
  },
);

it('the authorization server sets no cookie that would travel without TLS [SMART 231]', async () => {
  const clientId = await makeClient(sandbox);
  for (const browser of [new Browser(sandbox, sandbox.users.chen), new Browser(sandbox)]) {
    const launch = await makeLaunch(sandbox, clientId);
    const cookies = (await browser.visit(authorizeUrl(sandbox, clientId, { launch }))).headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure/i);
  }
});

it('searches link to their pages by https [SMART 231]', async () => {
  const clientId = await makeClient(sandbox);
  const launch = await makeLaunch(sandbox, clientId);
  const scope = 'launch user/*.rs';
  const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, {
    launch,
    scope,
    nonce: undefined,
  });
  const { link } = await (await askFhir(sandbox, '/Patient?_count=1', tokens.access_token)).json();
  expect(link.length).toBeGreaterThan(1);
  for (const { url } of link) expect(url).toMatch(/^https:\/\/ehr\.example\//);
});
