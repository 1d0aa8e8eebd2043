/**
 * The specification of the launch context service, line by line, at the addresses that an outside system uses. Tests
 * are named in its words. Tokens come from our own authorization server.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { CapabilityStatement, Location, Observation } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  answerToApp,
  authorizeUrl,
  Browser,
  exchangeFields,
  post,
  type TokenResponse,
  tokensFor,
} from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeEncounter,
  makeLaunch,
  makePatient,
  makeSandbox,
  type SandboxFixture,
  secret,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env, fhirBaseOf } from '#lib/env.ts';
import * as originRoute from '../../%5Fservices/smart/Launch/[[...launchId]]/route.ts';
import * as fhirRoute from './[[...interaction]]/route.ts';

const atOrigin = { ...originRoute };
const atFhirBase = { ...fhirRoute };

let sandbox: SandboxFixture;
let other: SandboxFixture;
/** client_id of the app that launches open. */
let app: string;
/** A token of the outside system for the clinician, who reaches all patients. */
let bearer: string;

const launchUri = 'https://chart.example/launch?zone=2';

beforeAll(async () => {
  // The sandbox whose launch service answers at the origin.
  sandbox = await makeSandbox('demo');
  other = await makeSandbox();
  app = await makeClient(sandbox, { clientId: 'bilirubin_chart' });
  await database().client.updateMany({ where: { sandboxId: sandbox.id, clientId: app }, data: { launchUri } });
  await makeClient(other, { clientId: 'elsewhere' });
  const ward: Location = { resourceType: 'Location', id: 'ward', name: 'Ward' };
  const about = { code: { text: 'x' }, subject: { reference: 'Patient/peter' } };
  const ofPeter: Observation = { resourceType: 'Observation', id: 'of-peter', status: 'final', ...about };
  await putResources(sandbox.id, [makePatient('BILIBABY'), makeEncounter('check-up', 'BILIBABY'), ward, ofPeter]);
  bearer = await tokenOf('chen', 'user/*.rs');
});

/** An access token of a new outside system, launched by the user, and for the patient if one is named. */
async function tokenOf(username: 'chen' | 'peter' | 'admin', scope: string, patient?: string, here = sandbox) {
  return (await consoleOf(username, scope, patient, here)).access_token;
}

async function consoleOf(username: 'chen' | 'peter' | 'admin', scope: string, patient?: string, here = sandbox) {
  const clientId = await makeClient(here, {
    clientId: `console-${randomUUID().slice(0, 8)}`,
    scope: `launch ${scope}`,
  });
  const user = here.users[username];
  const launch = await makeLaunch(here, clientId, patient ? { patient } : {}, user);
  const tokens = await tokensFor(new Browser(here, user), clientId, {
    scope: `launch ${scope}`,
    launch,
    nonce: undefined,
  });
  return { ...tokens, clientId };
}

async function serviceToken(scope: string, here = sandbox): Promise<{ token: string; clientId: string }> {
  const clientId = await makeClient(here, { type: 'secret', scope, redirectUris: [] });
  const fields = { grant_type: 'client_credentials', scope, client_id: clientId, client_secret: secret };
  return { token: (await (await post(here, 'token', fields)).json()).access_token, clientId };
}

type Method = keyof typeof atOrigin;

/** Sends a request to the service of a sandbox, or to the one at the origin, through the route that answers there. */
function call(method: Method, path = '', init: RequestInit = {}, at = `${sandbox.slug}/fhir`): Promise<Response> {
  const request = new Request(`${env().origin}/${at && `${at}/`}_services/smart/Launch${path}`, { method, ...init });
  if (!at) return atOrigin[method](request);
  const interaction = ['_services', 'smart', 'Launch', ...path.split('/').filter(Boolean)];
  return atFhirBase[method](request, { params: Promise.resolve({ sandbox: at.split('/')[0] ?? '', interaction }) });
}

const withToken = (token = bearer) => ({ authorization: `Bearer ${token}` });

function register(body: unknown, token = bearer, type = 'application/json', at?: string): Promise<Response> {
  const headers = { ...withToken(token), 'content-type': type };
  const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return call('POST', '', { headers, body: sent as BodyInit }, at);
}

async function registered(parameters: object, token = bearer) {
  const response = await register({ client_id: app, parameters }, token);
  const launch = await response.json();
  expect(response.status, JSON.stringify(launch)).toBe(200);
  return launch;
}

/** The result of an authorization with this launch id in a user's browser. */
async function opened(launch: string, username: 'chen' | 'admin' | 'peter' = 'chen', scope = 'launch patient/*.rs') {
  const browser = new Browser(sandbox, sandbox.users[username]);
  return answerToApp(await browser.visit(authorizeUrl(sandbox, app, { scope, launch, nonce: undefined })));
}

async function launched(launch: string, username: 'chen' | 'admin' = 'chen'): Promise<TokenResponse> {
  const { code = '' } = await opened(launch, username);
  return (await post(sandbox, 'token', exchangeFields(app, code))).json();
}

const launches = () => database().launchContext.count();

/** Expects a refusal with this status and an error in JSON, and that nothing was stored. */
async function expectRefused(send: () => Promise<Response>, status: number, error: string, description: RegExp) {
  const before = await launches();
  const response = await send();
  const answer = await response.json();
  expect([response.status, answer.error], answer.error_description).toEqual([status, error]);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(Object.keys(answer).sort()).toEqual(['error', 'error_description']);
  expect(answer.error_description).toMatch(description);
  expect(await launches()).toBe(before);
  return response;
}

const ofBaby = () => ({ client_id: app, parameters: { patient: 'BILIBABY', need_patient_banner: false } });

describe('Request', () => {
  it('POST [FHIR base]/_services/smart/Launch, also at the origin for the default sandbox', async () => {
    for (const at of [`${sandbox.slug}/fhir`, '']) {
      const answer = await register(ofBaby(), bearer, 'application/json', at);
      expect([at, answer.status]).toEqual([at, 200]);
      const { launch_id } = await answer.json();
      const path = `/${launch_id}`;
      expect((await (await call('GET', path, { headers: withToken() }, at)).json()).launch_id).toBe(launch_id);
      expect((await launched(launch_id)).patient).toBe('BILIBABY');
    }
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'Content-Type: %s',
    async (type) => {
      expect((await register(ofBaby(), bearer, type)).status).toBe(200);
    },
  );

  const role = 'https://example.org/role/main';
  it.each<[string, object, object]>([
    [
      'patient, need_patient_banner',
      { patient: 'BILIBABY', need_patient_banner: false },
      { need_patient_banner: false },
    ],
    ['encounter', { patient: 'BILIBABY', encounter: 'check-up' }, { encounter: 'check-up' }],
    ['location', { location: 'ward' }, { location: 'ward' }],
    ['location as a reference', { location: 'Location/ward' }, { location: 'Location/ward' }],
    ['resource', { resource: 'Observation/of-peter' }, { resource: 'Observation/of-peter' }],
    ['resource that is none of ours', { resource: 'Observation' }, { resource: 'Observation' }],
    ['intent', { intent: 'reconcile-medications' }, { intent: 'reconcile-medications' }],
    [
      'smart_style_url',
      { smart_style_url: 'https://s.example/x.json' },
      { smart_style_url: 'https://s.example/x.json' },
    ],
    ['smartStyleUrl', { smartStyleUrl: 'https://s.example/y.json' }, { smart_style_url: 'https://s.example/y.json' }],
    [
      'smart_messaging_origin',
      { smart_messaging_origin: 'https://m.example' },
      { smart_messaging_origin: 'https://m.example' },
    ],
    ['appContext, a string', { appContext: '{"zone":"high"}' }, { appContext: '{"zone":"high"}' }],
    ['appContext, an object', { appContext: { zone: ['high'] } }, { appContext: { zone: ['high'] } }],
    [
      'fhirContext',
      { fhirContext: [{ reference: 'Observation/of-peter', role }] },
      { fhirContext: [{ reference: 'Observation/of-peter', role }] },
    ],
    [
      'fhirContext of older apps',
      { fhirContext: ['Observation/of-peter'] },
      { fhirContext: [{ reference: 'Observation/of-peter' }] },
    ],
    ['any custom name', { 'x-größe': { nested: [1, null] } }, { 'x-größe': { nested: [1, null] } }],
  ])('seen in the wild: %s appears in the token response', async (_, sent, received) => {
    const launch = await registered({ patient: 'BILIBABY', ...sent });
    expect(launch.parameters).toEqual({ patient: 'BILIBABY', ...sent });
    expect(await launched(launch.launch_id)).toMatchObject({ patient: 'BILIBABY', ...received });
  });

  it('a body whose client_id is absent but whose launchUrl belongs to one registered client', async () => {
    for (const clientId of [undefined, null]) {
      const answer = await register({ client_id: clientId, launchUrl: launchUri, parameters: { patient: 'BILIBABY' } });
      const { launch_id, client_id } = await answer.json();
      expect(client_id).toBe(app);
      expect((await launched(launch_id)).patient).toBe('BILIBABY');
    }
  });

  it('a body with launchUrl beside client_id: client_id says which app', async () => {
    const answer = await register({ ...ofBaby(), launchUrl: 'https://elsewhere.example/launch' });
    expect([answer.status, (await answer.json()).client_id]).toEqual([200, app]);
  });

  it('GET on the same path answers a short text for people', async () => {
    for (const at of [`${sandbox.slug}/fhir`, '']) {
      const answer = await call('GET', '', {}, at);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(await answer.text()).toMatch(/launch context service/);
    }
  });
});

describe('Response, 200', () => {
  it('launch_id, created_at, created_by, parameters, username, and the new members', async () => {
    const { access_token, clientId } = await consoleOf('chen', 'user/*.rs');
    const { username } = await database().user.findUniqueOrThrow({ where: { id: sandbox.users.chen } });
    const launch = await registered(ofBaby().parameters, access_token);
    expect(launch).toEqual({
      launch_id: expect.stringMatching(/^[\w-]{43}$/),
      created_at: expect.stringMatching(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/),
      created_by: clientId,
      parameters: { patient: 'BILIBABY', need_patient_banner: false },
      username,
      client_id: app,
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      launch_url: expect.any(String),
    });
    expect(Math.abs(Date.parse(launch.created_at) - Date.now())).toBeLessThan(60_000);
    expect(Date.parse(launch.expires_at) - Date.parse(launch.created_at)).toBeGreaterThanOrEqual(300_000);
  });

  it('launch_url: the client’s launch URI with iss and launch in place, and what it had before', async () => {
    const { launch_url, launch_id } = await registered({});
    const url = new URL(launch_url);
    expect(url.origin + url.pathname).toBe('https://chart.example/launch');
    expect(Object.fromEntries(url.searchParams)).toEqual({ zone: '2', iss: fhirBaseOf('demo'), launch: launch_id });
  });

  it('username: none for a token that speaks for no user', async () => {
    const { token, clientId } = await serviceToken('system/*.rs smart/orchestrate_launch');
    expect(await registered({ patient: 'BILIBABY' }, token)).toMatchObject({ username: null, created_by: clientId });
  });

  it('JSON types inside parameters are kept as sent, nested values and non-ASCII included, at every answer', async () => {
    const parameters = {
      appContext: { größe: [1, null, true, { a: 'ﷺ😀' }], empty: {}, list: [] },
      intent: '审查',
      count: 2.5,
      negative: -1e-7,
      no: false,
      nothing: null,
      text: '5',
    };
    const launch = await registered(parameters);
    expect(launch.parameters).toEqual(parameters);
    const again = await (await call('GET', `/${launch.launch_id}`, { headers: withToken() })).json();
    expect(again.parameters).toEqual(parameters);
    expect(await launched(launch.launch_id)).toMatchObject(parameters);
  });

  it('GET …/Launch/{launch_id} reads one back as it was answered', async () => {
    const launch = await registered(ofBaby().parameters);
    const answer = await call('GET', `/${launch.launch_id}`, { headers: withToken() });
    expect([answer.status, await answer.json()]).toEqual([200, launch]);
  });

  it('DELETE withdraws it: nobody can open it or read it back', async () => {
    const { launch_id } = await registered(ofBaby().parameters);
    const [answer, again] = [
      await call('DELETE', `/${launch_id}`, { headers: withToken() }),
      await call('DELETE', `/${launch_id}`, { headers: withToken() }),
    ];
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(again.status).toBe(404);
    await expectRefused(() => call('GET', `/${launch_id}`, { headers: withToken() }), 404, 'not_found', /withdrawn/);
    expect(await opened(launch_id)).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/withdrawn/),
    });
  });

  it('DELETE of a launch that was used changes nothing', async () => {
    const { launch_id } = await registered(ofBaby().parameters);
    const { access_token } = await launched(launch_id);
    await expectRefused(() => call('DELETE', `/${launch_id}`, { headers: withToken() }), 404, 'not_found', /used up/);
    expect(await read('Patient/BILIBABY', access_token)).toBe(200);
  });
});

function read(path: string, token: string): Promise<number> {
  const request = new Request(`${fhirBaseOf('demo')}/${path}`, { headers: withToken(token) });
  const params = Promise.resolve({ sandbox: 'demo', interaction: path.split('/') });
  return atFhirBase.GET(request, { params }).then(({ status }) => status);
}

describe('Rules', () => {
  describe('the token must be valid for this sandbox', () => {
    it.each<[string, () => Promise<string>]>([
      ['another sandbox’s', () => tokenOf('chen', 'user/*.rs', undefined, other)],
      [
        'an expired one',
        () => spoilt((id) => database().oidcPayload.updateMany({ where: { id }, data: { expiresAt: new Date(0) } })),
      ],
      ['a made-up one', async () => 'made-up'],
    ])('%s is refused', async (_, token) => {
      const value = await token();
      const refused = await expectRefused(() => register(ofBaby(), value), 401, 'invalid_token', /token/);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer realm=.*error="invalid_token"/);
    });

    it('one of an app that was disabled, or of a user who is no member any more, is refused', async () => {
      const { access_token, clientId } = await consoleOf('admin', 'user/*.rs');
      const ofApp = { sandboxId: sandbox.id, clientId };
      await database().client.updateMany({ where: ofApp, data: { enabled: false } });
      await expectRefused(() => register(ofBaby(), access_token), 401, 'invalid_token', /disabled/);
      await database().client.updateMany({ where: ofApp, data: { enabled: true } });
      const member = { sandboxId_userId: { sandboxId: sandbox.id, userId: sandbox.users.admin } };
      const membership = await database().membership.delete({ where: member });
      await expectRefused(() => register(ofBaby(), access_token), 401, 'invalid_token', /no member/);
      await database().membership.create({ data: membership });
      expect((await register(ofBaby(), access_token)).status).toBe(200);
    });

    it('one that was revoked is refused', async () => {
      const { access_token: token, clientId } = await consoleOf('chen', 'user/*.rs');
      await post(sandbox, 'revoke', { token, client_id: clientId });
      await expectRefused(() => register(ofBaby(), token), 401, 'invalid_token', /revoked/);
    });
  });

  describe('the context can hold only what that token may see', () => {
    it.each<[string, string, object]>([
      ['patient', 'peter', { patient: 'BILIBABY' }],
      ['encounter', 'peter', { encounter: 'check-up' }],
      ['encounter of another', 'peter', { patient: 'peter', encounter: 'check-up' }],
      ['fhirContext', 'BILIBABY', { fhirContext: ['Observation/of-peter'] }],
      ['fhirContext by its URL', 'BILIBABY', { fhirContext: ['BASE/Observation/of-peter'] }],
      ['resource', 'BILIBABY', { resource: 'Patient/peter' }],
      ['resource by its URL', 'BILIBABY', { resource: 'BASE/Observation/of-peter' }],
    ])('a patient-level token only its own patient: 403 for another %s', async (_, own, parameters) => {
      const token = await tokenOf('chen', 'patient/*.rs', own);
      const sent = JSON.parse(JSON.stringify(parameters).replace('BASE', fhirBaseOf('demo')));
      await expectRefused(
        () => register({ client_id: app, parameters: sent }, token),
        403,
        'insufficient_scope',
        /may not read/,
      );
      expect((await registered({ patient: own }, token)).parameters).toEqual({ patient: own });
    });

    it('a location that its scopes do not name: 403', async () => {
      const token = await tokenOf('chen', 'patient/Patient.rs', 'BILIBABY');
      const body = { client_id: app, parameters: { patient: 'BILIBABY', location: 'ward' } };
      await expectRefused(() => register(body, token), 403, 'insufficient_scope', /Location\/ward/);
      const wide = await tokenOf('chen', 'patient/Patient.rs user/Location.r', 'BILIBABY');
      expect((await register(body, wide)).status).toBe(200);
    });

    it('a user-level one any patient it may read: of a clinician every one, of a patient user their own', async () => {
      for (const patient of ['BILIBABY', 'peter', 'baby']) await registered({ patient });
      const peters = await tokenOf('peter', 'user/*.rs', 'peter');
      await registered({ patient: 'peter' }, peters);
      await expectRefused(
        () => register({ client_id: app, parameters: { patient: 'BILIBABY' } }, peters),
        403,
        'insufficient_scope',
        /Patient\/BILIBABY/,
      );
      const narrow = await tokenOf('chen', 'user/Observation.rs');
      await expectRefused(() => register(ofBaby(), narrow), 403, 'insufficient_scope', /Patient\/BILIBABY/);
    });

    it('what stands in the app’s defaults takes the place of nothing that was sent', async () => {
      const of = { sandboxId: sandbox.id, clientId: app };
      await database().client.updateMany({
        where: of,
        data: { launchDefaults: { intent: 'default', tenant: 'north' } },
      });
      expect((await registered({ intent: 'sent' })).parameters).toEqual({ intent: 'sent', tenant: 'north' });
      await database().client.updateMany({ where: of, data: { launchDefaults: {} } });
    });
  });

  it('smart/orchestrate_launch: a sandbox may require it (setting, off by default), backend services included', async () => {
    const plain = await serviceToken('system/*.rs');
    const orchestrator = await serviceToken('system/*.rs smart/orchestrate_launch');
    expect((await register(ofBaby(), plain.token)).status).toBe(200);
    const set = (orchestrateScope: boolean) =>
      database().sandbox.update({ where: { id: sandbox.id }, data: { orchestrateScope } });
    await set(true);
    await expectRefused(() => register(ofBaby(), plain.token), 403, 'insufficient_scope', /smart\/orchestrate_launch/);
    await expectRefused(() => register(ofBaby()), 403, 'insufficient_scope', /smart\/orchestrate_launch/);
    expect((await register(ofBaby(), orchestrator.token)).status).toBe(200);
    await set(false);
    expect((await register(ofBaby(), plain.token)).status).toBe(200);
  });

  it('the downstream app sends launch={launch_id} to /oauth/authorize in the browser of the same user', async () => {
    const { launch_id } = await registered(ofBaby().parameters);
    expect((await opened(launch_id, 'admin')).error_description).toMatch(/another user/);
    expect((await launched(launch_id)).patient).toBe('BILIBABY');
    expect((await opened(launch_id)).error_description).toMatch(/already used/);
  });

  it('a launch that a backend service registered is for whoever brings it, once, as far as they may see', async () => {
    const { token } = await serviceToken('system/*.rs smart/orchestrate_launch');
    const { launch_id } = await registered(ofBaby().parameters, token);
    expect((await opened(launch_id, 'peter')).error).toBe('access_denied');
    expect((await launched(launch_id, 'admin')).patient).toBe('BILIBABY');
    expect((await opened(launch_id)).error_description).toMatch(/already used/);
  });

  it.each(['access_token', 'token_type', 'expires_in', 'scope', 'refresh_token', 'id_token', 'state', 'error'])(
    '%s is reserved by the token response and refused at registration',
    async (name) => {
      await expectRefused(
        () => register({ client_id: app, parameters: { patient: 'BILIBABY', [name]: 'x' } }),
        400,
        'invalid_request',
        new RegExp(`^${name} `),
      );
    },
  );

  it('both halves see it at once: the token response and what the FHIR API filters by, the first app’s as before', async () => {
    const first = await consoleOf('chen', 'patient/*.rs user/Patient.rs', 'peter');
    const { launch_id } = await registered({ patient: 'BILIBABY' }, first.access_token);
    const second = await launched(launch_id);
    expect(second.patient).toBe('BILIBABY');
    expect(await read('Encounter/check-up', second.access_token)).toBe(200);
    expect(await read('Observation/of-peter', second.access_token)).toBe(404);
    expect(await read('Observation/of-peter', first.access_token)).toBe(200);
    expect(await read('Encounter/check-up', first.access_token)).toBe(404);
  });
});

/** A token whose stored state was spoilt by `change`. */
async function spoilt(change: (id: string) => Promise<unknown>): Promise<string> {
  const before = new Set(
    (await database().oidcPayload.findMany({ where: { model: 'AccessToken' } })).map(({ id }) => id),
  );
  const token = await tokenOf('chen', 'user/*.rs');
  const after = await database().oidcPayload.findMany({ where: { model: 'AccessToken' } });
  for (const { id } of after) if (!before.has(id)) await change(id);
  return token;
}

describe('Errors are JSON {error, error_description}, and nothing is stored', () => {
  const about = (parameters: unknown) => ({ client_id: 'bilirubin_chart', parameters });
  const launchUrl = 'https://nobody.example/launch';

  it.each<[string, unknown, RegExp]>([
    ['malformed JSON', '{"client_id":', /not JSON/],
    ['an empty body', '', /not JSON/],
    ['JSON that is not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), /UTF-8/],
    ['a body that is no object', '"text"', /JSON object/],
    ['missing parameters', { client_id: 'bilirubin_chart' }, /parameters is missing/],
    ['parameters: null', about(null), /JSON object/],
    ['parameters: a list', about([]), /JSON object/],
    ['parameters: a text', about('patient=BILIBABY'), /JSON object/],
    ['an unknown client', { client_id: 'nobody', parameters: {} }, /nobody/],
    ['another sandbox’s client', { client_id: 'elsewhere', parameters: {} }, /elsewhere/],
    ['no client', { parameters: {} }, /client_id is missing/],
    ['a client_id that is no text', { client_id: 7, parameters: {} }, /client_id must be a text/],
    ['an unknown launchUrl', { launchUrl, parameters: {} }, /exactly one/],
    ['a launchUrl that is no text', { launchUrl: {}, parameters: {} }, /launchUrl must be a text/],
    ['a reserved name', about({ id_token: 'x' }), /id_token/],
    ['an unknown patient', about({ patient: 'nobody' }), /no Patient\/nobody/],
    ['a patient that is no id', about({ patient: { reference: 'Patient/BILIBABY' } }), /^patient must be/],
    ['an unknown encounter', about({ encounter: 'none' }), /no Encounter\/none/],
    ['an unknown encounter of a patient', about({ patient: 'BILIBABY', encounter: 'none' }), /no Encounter\/none/],
    ['an encounter of another patient', about({ patient: 'BILIBABY', encounter: 'visit' }), /another patient/],
    ['an unknown resource in fhirContext', about({ fhirContext: ['Observation/none'] }), /no Observation\/none/],
  ])('400 for %s', async (_, body, description) => {
    await expectRefused(() => register(body), 400, 'invalid_request', description);
  });

  it('400 for a disabled client, and for two apps with one launchUrl', async () => {
    const off = await makeClient(sandbox, { enabled: false });
    await expectRefused(() => register({ client_id: off, parameters: {} }), 400, 'invalid_request', /disabled/);
    await makeClient(sandbox);
    await makeClient(sandbox);
    const twins = { launchUrl: 'https://app.example/launch', parameters: {} };
    await expectRefused(() => register(twins), 400, 'invalid_request', /exactly one/);
  });

  it('a body of 64 KiB is read, in whatever pieces it comes, and not a byte more', async () => {
    const bare = JSON.stringify(about({ x: '' }));
    const full = JSON.stringify(about({ x: 'x'.repeat(64 * 1024 - bare.length) }));
    expect(full).toHaveLength(64 * 1024);
    const inPieces = (text: string) =>
      call('POST', '', {
        headers: { ...withToken(), 'content-type': 'application/json' },
        body: Readable.from([text.slice(0, 5), text.slice(5)].map((part) => new TextEncoder().encode(part))),
        duplex: 'half',
      } as unknown as RequestInit);
    expect((await register(full)).status).toBe(200);
    expect((await inPieces(full)).status).toBe(200);
    await expectRefused(() => register(`${full} `), 400, 'invalid_request', /longer than 65536 bytes/);
    await expectRefused(() => inPieces(`${full} `), 400, 'invalid_request', /longer than 65536 bytes/);
  });

  it.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['a bad token', { authorization: 'Bearer wrong' }],
    ['another scheme', { authorization: 'Basic d3Jvbmc6d3Jvbmc=' }],
    ['a token that is no text of one word', { authorization: 'Bearer a b' }],
  ])('401 for %s, for every method', async (_, headers) => {
    const type = { 'content-type': 'application/json' };
    const body = JSON.stringify(ofBaby());
    const requests: [Method, string, RequestInit][] = [
      ['POST', '', { headers: { ...headers, ...type }, body }],
      ['GET', '/some-launch', { headers }],
      ['DELETE', '/some-launch', { headers }],
    ];
    for (const [method, path, init] of requests) {
      const refused = await expectRefused(() => call(method, path, init), 401, 'invalid_token', /./);
      expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/fhir+json', 'application/jsonp', ''])(
    '415 for the content type %j',
    async (type) => {
      await expectRefused(() => register(ofBaby(), bearer, type), 415, 'invalid_request', /application\/json/);
    },
  );

  it('404 for another’s launch: of another client, another user, another sandbox, and for none', async () => {
    const { access_token, clientId } = await consoleOf('chen', 'user/*.rs');
    const { launch_id } = await registered(ofBaby().parameters, access_token);
    const launch = await makeLaunch(sandbox, clientId, {}, sandbox.users.admin);
    const admin = new Browser(sandbox, sandbox.users.admin);
    const sameClient = await tokensFor(admin, clientId, { scope: 'launch user/*.rs', launch, nonce: undefined });
    const elsewhere = await tokenOf('chen', 'user/*.rs', undefined, other);
    for (const method of ['GET', 'DELETE'] as const) {
      for (const token of [bearer, sameClient.access_token]) {
        const ask = () => call(method, `/${launch_id}`, { headers: withToken(token) });
        await expectRefused(ask, 404, 'not_found', /no such launch/);
      }
      const there = () => call(method, `/${launch_id}`, { headers: withToken(elsewhere) }, `${other.slug}/fhir`);
      await expectRefused(there, 404, 'not_found', /no such launch/);
      await expectRefused(() => call(method, '/none', { headers: withToken() }), 404, 'not_found', /no such launch/);
    }
    expect((await launched(launch_id)).patient).toBe('BILIBABY');
  });

  it('404 under a sandbox that does not exist, and below the address of a launch', async () => {
    const init = { headers: { ...withToken(), 'content-type': 'application/json' }, body: JSON.stringify(ofBaby()) };
    await expectRefused(() => call('POST', '', init, 'nowhere/fhir'), 404, 'not_found', /no sandbox/);
    await expectRefused(() => call('POST', '/one/more', init), 404, 'not_found', /below/);
    await expectRefused(() => call('GET', '/one/more', { headers: withToken() }), 404, 'not_found', /below/);
  });

  it.each<[Method, string, string]>([
    ['PUT', '', 'GET, POST'],
    ['PATCH', '', 'GET, POST'],
    ['DELETE', '', 'GET, POST'],
    ['POST', '/some-launch', 'GET, DELETE'],
    ['PUT', '/some-launch', 'GET, DELETE'],
  ])('405 for %s of “%s”, which says what there is, at both addresses', async (method, path, allow) => {
    for (const at of [`${sandbox.slug}/fhir`, '']) {
      const refused = await expectRefused(
        () => call(method, path, { headers: withToken() }, at),
        405,
        'invalid_request',
        /./,
      );
      expect(refused.headers.get('allow')).toBe(allow);
    }
  });
});

describe('Discovery', () => {
  it('oauth-uris has launch-registration, and smart-configuration launch_registration_endpoint: absolute, and both answer there', async () => {
    const ask = async (...interaction: string[]) => {
      const request = new Request(`${fhirBaseOf('demo')}/${interaction.join('/')}`);
      return (await atFhirBase.GET(request, { params: Promise.resolve({ sandbox: 'demo', interaction }) })).json();
    };
    const statement: CapabilityStatement = await ask('metadata');
    const [uris] = statement.rest?.[0]?.security?.extension ?? [];
    expect(uris?.url).toBe('http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris');
    const announced = uris?.extension?.find(({ url }) => url === 'launch-registration')?.valueUri;
    expect(announced).toBe(`${fhirBaseOf('demo')}/_services/smart/Launch`);
    expect((await ask('.well-known', 'smart-configuration')).launch_registration_endpoint).toBe(announced);
    const path = new URL(announced ?? '').pathname.slice(1).replace('/_services/smart/Launch', '');
    expect((await register(ofBaby(), bearer, 'application/json', path)).status).toBe(200);
  });
});
