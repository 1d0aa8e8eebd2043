import { randomUUID } from 'node:crypto';
import type { Encounter, Patient } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { guessLimit } from '#lib/data/launch/guesses.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { storedPayload } from '#lib/data/token/oidc-payloads.ts';
import { env } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { LaunchId } from '#lib/smart/launch/ids.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';

let sandboxId: number;
let userId: string;
const slug = `launch-${randomUUID().slice(0, 8)}`;
const fhirBase = `${env().origin}/${slug}/fhir`;
const service = `${fhirBase}/_services/smart/Launch`;

beforeAll(async () => {
  const db = database();
  sandboxId = (await db.sandbox.create({ data: { slug, name: 'Launches', orchestrateScope: false } })).id;
  userId = (await db.user.create({ data: { username: 'chen', name: 'Dr. Chen', passwordHash: 'none' } })).id;
  await db.membership.create({ data: { sandboxId, userId, role: 'clinician' } });
  await makeClient('bilirubin_chart', 'https://app.example/launch');
  await makeClient('no_launch_uri', null);
  await makeClient('twin_1', 'https://twin.example/launch');
  await makeClient('twin_2', 'https://twin.example/launch');
  await makeClient('caller', null);
  await putResources(sandboxId, [patient('BILIBABY'), patient('other'), visitOf('BILIBABY')]);
});

async function makeClient(clientId: string, launchUri: string | null) {
  const data = { sandboxId, clientId, launchUri, name: clientId, scope: 'openid', type: 'public' as const };
  await database().client.create({ data });
}

const patient = (id: string): Patient => ({ resourceType: 'Patient', id });

function visitOf(id: string): Encounter {
  const code = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' };
  return {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: code,
    subject: { reference: `Patient/${id}` },
  };
}

/** An access token with `scope`, in the context of `patient` when there is one. */
async function token(
  scope: string,
  patientId?: string,
  clientId = 'caller',
  accountId: string | undefined = userId,
): Promise<string> {
  const value = randomUUID();
  const grantId = randomUUID();
  const payload = withoutUndefined({ clientId, scope, aud: fhirBase, grantId, kind: 'AccessToken', accountId });
  const stored = storedPayload({ model: 'AccessToken', id: value }, payload, new Date(Date.now() + 60_000));
  await database().oidcPayload.create({ data: { ...stored, sandboxId, payload: stored.payload as object } });
  const context = patientId ? { patient: patientId } : {};
  await database().grantContext.create({ data: { grantId, sandboxId, clientId, context } });
  return value;
}

function call(
  method: string,
  bearer: string | undefined,
  path = '',
  headers: Record<string, string> = {},
  body?: string,
) {
  const all = { ...withoutUndefined({ authorization: bearer ? `Bearer ${bearer}` : undefined }), ...headers };
  const request = new Request(`${service}${path}`, { method, headers: all, body });
  return answerLaunchService(request, slug);
}

function register(bearer: string | undefined, body: unknown) {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return call('POST', bearer, '', { 'content-type': 'application/json' }, sent);
}

const ofBaby = { client_id: 'bilirubin_chart', parameters: { patient: 'BILIBABY', need_patient_banner: false } };

describe('a registration', () => {
  it('answers in the form that existing clients read, and binds the launch to the user of the token', async () => {
    const response = await register(await token('user/*.rs'), ofBaby);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const launch = await response.json();
    expect(launch).toMatchObject({ created_by: 'caller', username: 'chen', parameters: ofBaby.parameters });
    expect(launch.created_at).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/);
    expect(launch.launch_url).toBe(
      `https://app.example/launch?iss=${encodeURIComponent(fhirBase)}&launch=${launch.launch_id}`,
    );
    expect(Buffer.from(launch.launch_id, 'base64url').length).toBeGreaterThanOrEqual(16);
    const row = await database().launchContext.findUniqueOrThrow({
      where: { launchId: hashLaunchId(launch.launch_id) },
    });
    expect(row).toMatchObject({ sandboxId, clientId: 'bilirubin_chart', userId, origin: 'api', createdBy: 'caller' });
    expect(row.expiresAt.getTime() - row.createdAt.getTime()).toBe(5 * 60 * 1000);
    expect(launch.expires_at).toBe(row.expiresAt.toISOString());
  });

  it('keeps JSON types, nested values and other alphabets', async () => {
    const parameters = { appContext: { größe: [1, null, true] }, intent: '审查', count: 2.5, fhirContext: [] };
    const launch = await (await register(await token('user/*.rs'), { ...ofBaby, parameters })).json();
    expect(launch.parameters).toEqual(parameters);
    const bearer = await token('user/*.rs');
    expect((await (await call('GET', bearer, `/${launch.launch_id}`)).json()).parameters).toEqual(parameters);
  });

  it('finds the client by its launch URI', async () => {
    const body = { launchUrl: 'https://app.example/launch', parameters: {} };
    expect((await (await register(await token('user/*.rs'), body)).json()).client_id).toBe('bilirubin_chart');
  });

  it('of a client without a launch URI has no launch_url', async () => {
    const launch = await (
      await register(await token('user/*.rs'), { client_id: 'no_launch_uri', parameters: {} })
    ).json();
    expect(launch.launch_id).toBeDefined();
    expect(launch.launch_url).toBeUndefined();
  });

  it('by a patient-level token is about its own patient, without reading it', async () => {
    expect((await register(await token('patient/Observation.rs', 'BILIBABY'), ofBaby)).status).toBe(200);
  });
});

describe('refused, and nothing is stored,', () => {
  const encounter = { patient: 'BILIBABY', encounter: 'visit' };
  it.each<[string, number, string, string | undefined, unknown, RegExp]>([
    ['malformed JSON', 400, 'user/*.rs', undefined, '{', /not JSON/],
    ['no object', 400, 'user/*.rs', undefined, [], /JSON object/],
    ['no parameters', 400, 'user/*.rs', undefined, { client_id: 'bilirubin_chart' }, /parameters is missing/],
    ['parameters of another kind', 400, 'user/*.rs', undefined, { ...ofBaby, parameters: 'x' }, /JSON object/],
    ['no client', 400, 'user/*.rs', undefined, { parameters: {} }, /client_id is missing/],
    ['an unknown client', 400, 'user/*.rs', undefined, { ...ofBaby, client_id: 'nobody' }, /nobody/],
    [
      'an ambiguous launch URI',
      400,
      'user/*.rs',
      undefined,
      { launchUrl: 'https://twin.example/launch', parameters: {} },
      /exactly one/,
    ],
    ['a reserved name', 400, 'user/*.rs', undefined, { ...ofBaby, parameters: { access_token: 'x' } }, /access_token/],
    [
      'an unknown patient',
      400,
      'user/*.rs',
      undefined,
      { ...ofBaby, parameters: { patient: 'nobody' } },
      /Patient\/nobody/,
    ],
    [
      'an unknown encounter',
      400,
      'user/*.rs',
      undefined,
      { ...ofBaby, parameters: { encounter: 'none' } },
      /Encounter\/none/,
    ],
    [
      'an encounter of another patient',
      400,
      'user/*.rs',
      undefined,
      { ...ofBaby, parameters: { ...encounter, patient: 'other' } },
      /another patient/,
    ],
    ['a body over 64 KiB', 400, 'user/*.rs', undefined, { ...ofBaby, parameters: { x: 'x'.repeat(70_000) } }, /65536/],
    [
      "a patient who is not the token's",
      403,
      'patient/*.rs',
      'other',
      ofBaby,
      /no Patient\/BILIBABY in this sandbox, or the access token may not read it/,
    ],
    ['a patient beyond the scopes', 403, 'user/Observation.rs', undefined, ofBaby, /may not read/],
    [
      'an encounter beyond the scopes',
      403,
      'patient/Patient.rs',
      'BILIBABY',
      { ...ofBaby, parameters: encounter },
      /Encounter\/visit/,
    ],
    [
      'a reference beyond the scopes',
      403,
      'patient/*.rs',
      'BILIBABY',
      { ...ofBaby, parameters: { fhirContext: [{ reference: 'Patient/other', role: 'urn:example:mother' }] } },
      /Patient\/other/,
    ],
  ])('%s', async (_, status, scope, patientId, body, description) => {
    const before = await database().launchContext.count();
    const response = await register(await token(scope, patientId), body);
    const answer = await response.json();
    expect(response.status).toBe(status);
    expect(answer.error).toBe(status === 403 ? 'insufficient_scope' : 'invalid_request');
    expect(answer.error_description).toMatch(description);
    expect(await database().launchContext.count()).toBe(before);
  });

  it('without a token, and with a wrong one', async () => {
    for (const bearer of [undefined, 'wrong']) {
      const response = await register(bearer, ofBaby);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await response.json()).toMatchObject({ error: 'invalid_token', error_description: expect.any(String) });
    }
  });

  it('with another content type', async () => {
    const response = await call(
      'POST',
      await token('user/*.rs'),
      '',
      { 'content-type': 'text/plain' },
      JSON.stringify(ofBaby),
    );
    expect(response.status).toBe(415);
  });
});

describe('a launch that was registered', () => {
  const launchOf = async (bearer: string) => (await (await register(bearer, ofBaby)).json()).launch_id as LaunchId;

  it('can be read back and withdrawn by who registered it', async () => {
    const bearer = await token('user/*.rs');
    const id = await launchOf(bearer);
    expect(await (await call('GET', bearer, `/${id}`)).json()).toMatchObject({
      launch_id: id,
      parameters: ofBaby.parameters,
    });
    expect((await call('DELETE', bearer, `/${id}`)).status).toBe(204);
    expect(
      (await database().launchContext.findUniqueOrThrow({ where: { launchId: hashLaunchId(id) } })).withdrawnAt,
    ).not.toBeNull();
    expect((await call('DELETE', bearer, `/${id}`)).status).toBe(404);
  });

  it('is not there for another client, another user, or no token', async () => {
    const id = await launchOf(await token('user/*.rs'));
    const otherClient = await token('user/*.rs', undefined, 'twin_1');
    const noUser = await token('system/*.rs', undefined, 'caller', '');
    for (const method of ['GET', 'DELETE']) {
      expect((await call(method, otherClient, `/${id}`)).status).toBe(404);
      expect((await call(method, noUser, `/${id}`)).status).toBe(404);
      expect((await call(method, undefined, `/${id}`)).status).toBe(401);
    }
    expect((await call('GET', otherClient, '/unknown')).status).toBe(404);
  });
});

it('explains itself to people of every origin', async () => {
  const response = await call('GET', undefined);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect((await call('PUT', undefined)).status).toBe(405);
});

it('answers 404 under a sandbox that does not exist', async () => {
  const request = new Request(`${env().origin}/nowhere/fhir/_services/smart/Launch`, { method: 'POST', body: '{}' });
  expect((await answerLaunchService(request, 'nowhere')).status).toBe(404);
});

describe('launch ids of others', () => {
  const ask = (bearer: string, id: string, method = 'GET') => call(method, bearer, `/${id}`);

  async function launchOf(bearer: string): Promise<string> {
    return (await (await register(bearer, ofBaby)).json()).launch_id;
  }

  it('cannot be guessed: after some tries even a hit is refused, and only this client and user have to wait', async () => {
    await makeClient('guesser', null);
    const bearer = await token('user/*.rs', undefined, 'guesser');
    const [own, foreign] = [await launchOf(bearer), await launchOf(await token('user/*.rs'))];
    const tries = [foreign, ...Array.from({ length: guessLimit.attempts - 1 }, (_, guess) => `guess-${guess}`)];
    for (const id of tries) expect((await ask(bearer, id)).status).toBe(404);
    for (const id of ['one-more', foreign, own]) {
      const refused = await ask(await token('user/*.rs', undefined, 'guesser'), id);
      expect([refused.status, (await refused.json()).error]).toEqual([429, 'too_many_requests']);
    }
    expect((await ask(bearer, own, 'DELETE')).status).toBe(429);
    expect((await ask(await token('user/*.rs'), foreign)).status).toBe(200);
    await database().failedAttempt.updateMany({ data: { windowStartedAt: new Date(Date.now() - 15 * 60_000 - 1) } });
    expect((await ask(bearer, own)).status).toBe(200);
  });

  it('are not learnt from their stored form', async () => {
    const bearer = await token('user/*.rs', undefined, 'twin_2');
    const { launch_id: own } = await (await register(bearer, ofBaby)).json();
    expect((await ask(bearer, hashLaunchId(own))).status).toBe(404);
    expect((await ask(bearer, own)).status).toBe(200);
  });

  it.each(['%00', '%ff', '%ED%A0%80', 'x'.repeat(5000), '..%2f..', "'"])('are no trouble as %s', async (id) => {
    expect((await ask(await token('user/*.rs', undefined, 'no_launch_uri'), id)).status).toBe(404);
  });
});

describe('parameters that could not be stored', () => {
  it.each([
    ['the character NUL', '{"intent":"a\\u0000b"}'],
    ['half a surrogate pair', '{"custom":["\\ud800"]}'],
    ['a name with NUL', '{"\\u0000":1}'],
    ['arrays without end', `{"custom":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
  ])('are refused: %s', async (_, parameters) => {
    const response = await register(
      await token('user/*.rs'),
      `{"client_id":"bilirubin_chart","parameters":${parameters}}`,
    );
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });
});
