/** Attacks with invalid text, oversized input, repeated parameters, and requests to the wrong endpoint. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findClient } from '#lib/data/client/clients.ts';
import { database } from '#lib/data/database/database.ts';
import { findVisitor } from '#lib/data/member/memberships.ts';
import { env } from '#lib/env.ts';
import { answerOauth } from '../answer-oauth.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post, tokensFor } from './browser.ts';
import { appUri, makeClient, makeLaunch, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

const chen = () => new Browser(sandbox, sandbox.users.chen);

/** The request of a well-behaved app with `name` replaced by text that is percent-encoded already. */
function authorizeRaw(name: string, encoded: string): string {
  return `${authorizeUrl(sandbox, clientId, { [name]: undefined })}&${name}=${encoded}`;
}

function send(endpoint: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`${env().origin}/${sandbox.slug}/oauth/${endpoint}`, init);
  return answerOauth(request, sandbox.slug, async () => undefined);
}

function sendForm(endpoint: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return send(endpoint, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
}

const authorizeParameters = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'aud',
  'code_challenge',
  'launch',
  'code_challenge_method',
  'prompt',
  'max_age',
  'id_token_hint',
  'login_hint',
  'response_mode',
  'claims',
  'unheard_of',
  'resource',
  'request',
  'request_uri',
  'ui_locales',
  'acr_values',
  'display',
  'registration',
];
const tokenParameters = [
  'grant_type',
  'client_id',
  'code',
  'code_verifier',
  'redirect_uri',
  'scope',
  'refresh_token',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'resource',
  'token',
  'token_type_hint',
  'xsrf',
  'id_token_hint',
];

describe('invalid text is refused before anything else', () => {
  const noText = ['%00', 'a%00b', '%ff', '%C3', '%ED%A0%80'];

  it.each(authorizeParameters)('in %s of an authorization request', async (name) => {
    for (const encoded of noText) {
      const response = await chen().visit(authorizeRaw(name, encoded));
      expect([encoded, response.status, response.headers.get('location')]).toEqual([encoded, 400, null]);
    }
  });

  it('in a posted authorization request', async () => {
    for (const encoded of noText) {
      const form = authorizeRaw('state', encoded).split('?')[1] ?? '';
      const response = await sendForm('authorize', form);
      expect([encoded, response.status, response.headers.get('location')]).toEqual([encoded, 400, null]);
    }
    expect((await sendForm('authorize', new Uint8Array([0x61, 0x3d, 0xff]))).status).toBe(400);
  });

  it.each(['token', 'introspect', 'revoke', 'session/end', 'userinfo'])('in a form sent to %s', async (endpoint) => {
    for (const name of tokenParameters) {
      for (const encoded of noText) {
        const response = await sendForm(endpoint, `client_id=${clientId}&${name}=${encoded}`);
        expect([name, encoded, response.status]).toEqual([name, encoded, 400]);
      }
    }
  });

  it('in the id of a client that an assertion names', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const client_assertion = `${part({ alg: 'ES384' })}.${part({ sub: '\0', iss: '\0' })}.AAAA`;
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const fields = { grant_type: 'client_credentials', client_assertion, client_assertion_type };
    const response = await post(sandbox, 'token', fields);
    expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
  });

  it('in a slug and a client id', async () => {
    for (const slug of ['\0', `${sandbox.slug}\0`, '\ud800']) {
      const response = await answerOauth(new Request(`${env().origin}/x/oauth/jwks`), slug, async () => undefined);
      expect(response.status).toBe(404);
      expect(await findVisitor(slug, undefined)).toBeUndefined();
    }
    expect(await findClient(sandbox.id, '\0')).toBeUndefined();
  });
});

describe('state', () => {
  it.each([
    ['long', 'x'.repeat(4000)],
    ['unicode', 'Zustand 状態 😀 é e\u0301'],
    ['made of delimiters', `&code=stolen#frag?"'<>;,/\\ +%20%00\r\n`],
    ['a number that is no number', 'NaN'],
  ])('comes back as it was sent when it is %s', async (_, state) => {
    const launch = await makeLaunch(sandbox, clientId);
    const answer = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch, state })));
    expect([answer.state, answer.code?.length]).toEqual([state, 43]);
    const refused = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch, state })));
    expect([refused.state, refused.error]).toEqual([state, 'invalid_request']);
  });

  it.each([
    ['absent', undefined],
    ['empty, which OAuth takes for absent', ''],
  ])('does not come back when it was %s', async (_, state) => {
    const answer = answerToApp(
      await chen().visit(authorizeUrl(sandbox, clientId, { state, scope: 'user/*.rs', nonce: undefined })),
    );
    expect(Object.keys(answer).sort()).toEqual(['code', 'iss']);
  });
});

describe('a parameter that is sent twice is refused', () => {
  it.each(authorizeParameters.filter((name) => !['unheard_of', 'resource', 'request_uri'].includes(name)))(
    'by the authorization endpoint: %s',
    async (name) => {
      const url = new URL(authorizeUrl(sandbox, clientId, { launch: 'x' }), env().origin);
      const value = url.searchParams.get(name) ?? 'x';
      url.searchParams.delete(name);
      url.searchParams.append(name, value);
      url.searchParams.append(name, value);
      const response = await chen().visit(url.pathname + url.search);
      if (name === 'client_id' || name === 'redirect_uri') expect(response.status).toBe(400);
      else expect(answerToApp(response).error).toBe('invalid_request');
    },
  );

  it.each(['grant_type', 'client_id', 'code', 'code_verifier', 'redirect_uri'])(
    'by the token endpoint: %s',
    async (name) => {
      const launch = await makeLaunch(sandbox, clientId);
      const { code = '' } = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch })));
      const fields = new URLSearchParams(exchangeFields(clientId, code));
      fields.append(name, fields.get(name) ?? '');
      const response = await sendForm('token', fields.toString());
      expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
    },
  );

  it('and the query of a POST is ignored', async () => {
    const launch = await makeLaunch(sandbox, clientId);
    const { code = '' } = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { launch })));
    const { code: _, ...withoutCode } = exchangeFields(clientId, code);
    const response = await sendForm(`token?code=${code}`, new URLSearchParams(withoutCode).toString());
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('by several resources, of which one is not ours', async () => {
    const ours = encodeURIComponent(`${env().origin}/${sandbox.slug}/fhir`);
    for (const query of [
      `resource=https%3A%2F%2Fevil.example`,
      `resource=${ours}&resource=https%3A%2F%2Fevil.example`,
    ]) {
      const answer = answerToApp(await chen().visit(`${authorizeUrl(sandbox, clientId)}&${query}`));
      expect([answer.code, answer.error]).toEqual([undefined, 'invalid_target']);
    }
  });
});

describe('oversized input', () => {
  it('is refused as a body', async () => {
    expect((await sendForm('token', `code=${'x'.repeat(70_000)}`)).status).toBe(413);
  });

  it('is harmless as a value', async () => {
    for (const name of authorizeParameters) {
      const response = await chen().visit(authorizeRaw(name, 'x'.repeat(10_000)));
      expect([name, response.status < 500]).toEqual([name, true]);
    }
  });

  it('takes no time as a scope: thousands of them, and one without end', async () => {
    const scopes = [
      Array.from({ length: 8000 }, (_, index) => `user/Observation.rs?code=${index}`).join(' '),
      `user/Observation.rs?${'a=b&'.repeat(10_000)}a=b`,
      `user/${'A'.repeat(50_000)}.rs`,
      `user/Observation.${'cruds'.repeat(10_000)}`,
      `launch:${'x'.repeat(50_000)}`,
      ' '.repeat(50_000),
    ];
    for (const scope of scopes) {
      const { code, error } = answerToApp(
        await chen().visit(authorizeUrl(sandbox, clientId, { scope, nonce: undefined })),
      );
      expect(code ?? error).toBeDefined();
    }
  });
});

describe('an unsupported request', () => {
  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])('is refused: %s to the endpoints of apps', async (method) => {
    for (const endpoint of ['token', 'introspect', 'revoke']) {
      const query = new URLSearchParams({ ...exchangeFields(clientId, 'code'), token: 'token' });
      expect((await send(`${endpoint}?${query}`, { method })).status).toBe(404);
    }
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'nonsense'])(
    'is refused: a body of type %s',
    async (type) => {
      for (const endpoint of ['token', 'introspect', 'revoke']) {
        const body = JSON.stringify({ ...exchangeFields(clientId, 'code'), token: 'token' });
        const response = await send(endpoint, { method: 'POST', body, headers: { 'content-type': type } });
        expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
      }
    },
  );

  it.each([
    'password',
    'implicit',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    '__proto__',
    'constructor',
  ])('is refused: the grant type %s', async (grant_type) => {
    const fields = {
      grant_type,
      client_id: clientId,
      username: 'clinician',
      password: 'clinician-demo',
      assertion: 'x',
    };
    const response = await post(sandbox, 'token', fields);
    expect([response.status, (await response.json()).error]).toEqual([400, 'unsupported_grant_type']);
  });

  it('is refused: client_credentials of an app that serves people', async () => {
    const confidential = await makeClient(sandbox, { type: 'secret' });
    const callers: Record<string, string>[] = [
      { client_id: clientId },
      { client_id: confidential, client_secret: secret },
    ];
    for (const fields of callers) {
      const response = await post(sandbox, 'token', {
        ...fields,
        grant_type: 'client_credentials',
        scope: 'system/*.rs',
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: 'unauthorized_client',
        error_description: 'requested grant type is not allowed for this client',
      });
    }
  });

  it.each(['token', 'id_token', 'code token', 'code id_token', 'code id_token token', 'none', '__proto__'])(
    'is refused: the response type %s',
    async (response_type) => {
      const answer = answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { response_type })));
      expect(answer.error).toBe('unsupported_response_type');
      expect(Object.keys(answer).sort()).toEqual(['error', 'error_description', 'iss', 'state']);
    },
  );

  it.each([
    ['request', 'eyJhbGciOiJub25lIn0.e30.', 'request_not_supported'],
    ['request_uri', 'http://127.0.0.1:1/request', 'request_uri_not_supported'],
    ['registration', '{}', 'registration_not_supported'],
  ])('is refused: %s', async (name, value, error) => {
    expect(answerToApp(await chen().visit(authorizeUrl(sandbox, clientId, { [name]: value }))).error).toBe(error);
  });

  it('is refused: asking for claims', async () => {
    const claims = JSON.stringify({ id_token: { name: null, secret: { essential: true } }, userinfo: { name: null } });
    const tokens = await tokensFor(chen(), clientId, { claims, scope: 'openid user/*.rs' });
    const [, payload = ''] = tokens.id_token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).not.toHaveProperty('name');
  });
});

describe('random input, the same in every run,', () => {
  /** A seeded generator, so that a failure can be reproduced. @see https://en.wikipedia.org/wiki/Xorshift */
  function dice(seed: number) {
    let state = seed;
    return (sides: number) => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % sides;
    };
  }

  const nasty = [
    '',
    ' ',
    '\n',
    '\0',
    '\ud83d',
    '😀',
    "'",
    '"',
    '<script>alert(1)</script>',
    '../..',
    '%',
    '%00',
    '%ff',
    '{{7*7}}',
    '__proto__',
    'constructor',
    'null',
    'true',
    '[]',
    '{}',
    '-1',
    '1e309',
    '9'.repeat(400),
    'x'.repeat(5000),
    'https://evil.example',
    `${appUri}@evil.example`,
    `${appUri}/../..`,
    '//evil.example',
    'javascript:alert(1)',
    'code',
    'token',
    'none',
    'login',
    'consent',
    'S256',
    'plain',
    'openid',
    'launch',
    'launch:x',
    'patient/*.*',
    'query',
    'fragment',
    'form_post',
    'web_message',
    'jwt',
    'eyJhbGciOiJub25lIn0.e30.',
    'eyJhbGciOiJub25lIn0.bnVsbA.',
    'authorization_code',
    'refresh_token',
    'client_credentials',
  ];

  function parameters(roll: (sides: number) => number, usual: Record<string, string>, names: string[]): string {
    const one = (list: string[]) => list[roll(list.length)] ?? '';
    const changes = Array.from({ length: 1 + roll(4) }, () => [one(names), one(nasty)] as const);
    const form = new URLSearchParams({ ...usual, ...Object.fromEntries(changes) });
    if (roll(5) === 0) form.append(one([...form.keys()]), one(nasty));
    return form.toString();
  }

  function mustBeHarmless(response: Response, request: string): void {
    expect([response.status < 500, request]).toEqual([true, request]);
    const location = response.headers.get('location');
    if (location === null) return;
    const { origin, pathname } = new URL(location, env().origin);
    const known =
      origin + pathname === appUri || (origin === env().origin && pathname.startsWith(`/${sandbox.slug}/oauth/`));
    expect([known, location, request]).toEqual([true, location, request]);
  }

  it('causes no failure and no redirect to a foreign address at the authorization endpoint', async () => {
    const roll = dice(20_261_122);
    const usual = Object.fromEntries(new URL(authorizeUrl(sandbox, clientId), env().origin).searchParams);
    for (let round = 0; round < 400; round += 1) {
      const query = parameters(roll, usual, authorizeParameters);
      const browser = new Browser(sandbox, [sandbox.users.chen, sandbox.users.stranger, undefined][roll(3)]);
      mustBeHarmless(await browser.visit(`/${sandbox.slug}/oauth/authorize?${query}`), query);
    }
  });

  it('causes none at the other endpoints either', async () => {
    const roll = dice(7_041_776);
    const endpoints = ['token', 'introspect', 'revoke', 'userinfo', 'session/end', 'session/end/confirm', 'authorize'];
    const usual = { ...exchangeFields(clientId, 'code'), token: 'token', refresh_token: 'token' };
    for (let round = 0; round < 600; round += 1) {
      const form = parameters(roll, usual, tokenParameters);
      const endpoint = endpoints[roll(endpoints.length)] ?? '';
      const byGet = endpoint.startsWith('session') && roll(2) === 0;
      const response = await (byGet ? send(`${endpoint}?${form}`) : sendForm(endpoint, form));
      mustBeHarmless(response, `${endpoint} ${form}`);
      expect(response.headers.has('access-control-allow-credentials')).toBe(false);
    }
    expect(
      await database().oidcPayload.count({
        where: {
          sandboxId: sandbox.id,
          model: 'RefreshToken',
          payload: { path: ['accountId'], equals: sandbox.users.stranger },
        },
      }),
    ).toBe(0);
  });
});
