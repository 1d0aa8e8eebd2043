/** The audit records of requests to the launch service: by whom, for whom, and with what outcome. */

import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';

const slug = `s-${randomUUID().slice(0, 8)}`;
const service = `${fhirBaseOf(slug)}/_services/smart/Launch`;
let sandboxId: number;
let userId: string;
let username: string;

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug, name: 'Launches', orchestrateScope: false } })).id;
  username = `chen-${slug}`;
  userId = (await database().user.create({ data: { username, name: 'Dr. Chen', passwordHash: 'none' } })).id;
  await database().membership.create({
    data: { sandboxId, userId, role: 'clinician', fhirUser: 'Practitioner/dr-chen' },
  });
  for (const [clientId, launchUri] of [
    ['chart', 'https://app.example/launch'],
    ['console', null],
  ] as const) {
    const data = { sandboxId, clientId, launchUri, name: clientId, scope: 'openid', type: 'public' as const };
    await database().client.create({ data });
  }
  await putResources(sandboxId, [
    { resourceType: 'Patient', id: 'baby' },
    { resourceType: 'Patient', id: 'other' },
  ]);
});

/** An access token of the console, by default for the clinician. */
async function token(scope: string, context: object = {}, accountId: string | undefined = userId): Promise<string> {
  const [value, grantId] = [randomUUID(), randomUUID()];
  const payload = withoutUndefined({
    clientId: 'console',
    scope,
    aud: fhirBaseOf(slug),
    grantId,
    kind: 'AccessToken',
    accountId,
  });
  const id = createHash('sha256').update(value).digest('base64url');
  const expiresAt = new Date(Date.now() + 60_000);
  await database().oidcPayload.create({ data: { sandboxId, model: 'AccessToken', id, payload, grantId, expiresAt } });
  await database().grantContext.create({ data: { grantId, sandboxId, clientId: 'console', context } });
  return value;
}

function call(method: string, bearer: string, path = '', body?: object) {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const sent = body ? { body: JSON.stringify(body) } : {};
  return answerLaunchService(new Request(`${service}${path}`, { method, headers, ...sent }), slug);
}

const launchOf = (patient: string) => ({ client_id: 'chart', parameters: { patient } });
const asked = { interaction: 'launch', path: '_services/smart/Launch', query: '' };
const byChen = () => ({ clientId: 'console', username, fhirUser: 'Practitioner/dr-chen' });

describe('the log', () => {
  it('has who registered, read and withdrew a launch, and for which patient; the launch id stands nowhere', async () => {
    const bearer = await token('user/*.rs');
    let launchId = '';
    const events = await eventsOf(
      sandboxId,
      async () => {
        launchId = (await (await call('POST', bearer, '', launchOf('baby'))).json()).launch_id;
      },
      () => call('GET', bearer, `/${launchId}`),
      () => call('DELETE', bearer, `/${launchId}`),
    );
    const about = { ...asked, ...byChen(), outcome: 0, patients: ['baby'], entities: ['Patient/baby'] };
    expect(events).toMatchObject([
      { ...about, method: 'POST', action: 'C', status: 200 },
      { ...about, method: 'GET', action: 'R', status: 200 },
      { ...about, method: 'DELETE', action: 'D', status: 204 },
    ]);
    expect(launchId).not.toBe('');
    expect(JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      launchId,
    );
  });

  it('names the grant of the token', async () => {
    const bearer = await token('user/*.rs');
    const { grantId } = await database().oidcPayload.findFirstOrThrow({
      where: { id: createHash('sha256').update(bearer).digest('base64url') },
    });
    expect(await eventsOf(sandboxId, () => call('POST', bearer, '', launchOf('baby')))).toMatchObject([{ grantId }]);
  });

  it.each<[string, string, object, object, number]>([
    ['a patient of another context', 'patient/*.rs', { patient: 'baby' }, launchOf('other'), 403],
    ['an unknown patient', 'user/*.rs', {}, launchOf('nobody'), 400],
    ['an unknown app', 'user/*.rs', {}, { client_id: 'none', parameters: { patient: 'other' } }, 400],
  ])('has what was refused for %s, by the patient it was about', async (_, scope, context, body, status) => {
    const bearer = await token(scope, context);
    const [event, ...more] = await eventsOf(sandboxId, () => call('POST', bearer, '', body));
    const patient = (body as ReturnType<typeof launchOf>).parameters.patient;
    expect(event).toMatchObject({ ...asked, ...byChen(), action: 'C', outcome: 4, status, patients: [patient] });
    expect(more).toEqual([]);
  });

  it.each(['GET', 'DELETE'])("has %s of a launch that is nobody's, which names no patient", async (method) => {
    const bearer = await token('user/*.rs');
    const events = await eventsOf(sandboxId, () => call(method, bearer, `/${randomUUID()}`));
    expect(events).toMatchObject([{ ...asked, ...byChen(), method, outcome: 4, status: 404, patients: [] }]);
  });

  it('has a backend service as nobody', async () => {
    const bearer = await token('system/*.rs', {}, '');
    const events = await eventsOf(sandboxId, () => call('POST', bearer, '', launchOf('baby')));
    expect(events).toMatchObject([{ ...asked, clientId: 'console', username: null, fhirUser: null }]);
  });

  it('has nothing of whom it does not know', async () => {
    expect(await eventsOf(sandboxId, () => call('POST', 'no-such-token', '', launchOf('baby')))).toEqual([]);
  });
});
