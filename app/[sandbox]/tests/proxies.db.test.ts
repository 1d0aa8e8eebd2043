import { beforeAll, expect, it } from 'vitest';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeLaunch,
  makePatient,
  makeSandbox,
  type SandboxFixture,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { Visit } from '#lib/authorization-server/tests/visit.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';

/** A hospital in which Peter acts for his children Ada and Ben; Baby is somebody else's. */
let sandbox: SandboxFixture;
let peter: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  peter = sandbox.users.peter;
  await putResources(sandbox.id, [makePatient('ada'), makePatient('ben')]);
  await database().membership.update({
    where: { sandboxId_userId: { sandboxId: sandbox.id, userId: peter } },
    data: { proxyFor: ['ada', 'ben'] },
  });
});

const scope = 'launch/patient patient/*.rs user/*.rs';

it('a parent is offered their own record and their children’s, and no other', async () => {
  const visit = await Visit.by(sandbox, peter).start(await makeClient(sandbox), { scope, nonce: undefined });
  const view = await visit.view();
  expect(view.step).toBe('patient');
  const ids = 'patients' in view ? view.patients.map(({ id }) => id).sort() : [];
  expect(ids).toEqual(['ada', 'ben', 'peter']);
});

it('a parent cannot choose somebody else’s child, but their own', async () => {
  const clientId = await makeClient(sandbox);
  const visit = await Visit.by(sandbox, peter).start(clientId, { scope, nonce: undefined });
  expect(await visit.say('patient', { patient: 'baby' })).not.toContain('/oauth/authorize/');
  const { code = '' } = answerToApp(await visit.answer('patient', { patient: 'ada' }));
  const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
  expect(await exchanged.json()).toMatchObject({ patient: 'ada' });
});

it.each([
  ['ben', 'code'],
  ['baby', 'error'],
])('an app launched for %s gets a %s', async (patient, expected) => {
  const clientId = await makeClient(sandbox);
  const launch = await makeLaunch(sandbox, clientId, { patient }, peter);
  const url = authorizeUrl(sandbox, clientId, { scope: 'launch patient/*.rs', nonce: undefined, launch });
  expect(answerToApp(await new Browser(sandbox, peter).visit(url))).toHaveProperty(expected);
});

it('a child who is not theirs any more is out of reach at the next request', async () => {
  const clientId = await makeClient(sandbox);
  const visit = await Visit.by(sandbox, peter).start(clientId, { scope, nonce: undefined });
  const { code = '' } = answerToApp(await visit.answer('patient', { patient: 'ben' }));
  const { access_token } = await (await post(sandbox, 'token', exchangeFields(clientId, code))).json();
  const read = async (id: string) => {
    const headers = { authorization: `Bearer ${access_token}` };
    return (await answerFhir(new Request(`${fhirBaseOf(sandbox.slug)}/Patient/${id}`, { headers }), sandbox.slug))
      .status;
  };
  expect([await read('ben'), await read('ada'), await read('baby')]).toEqual([200, 200, 404]);
  await database().membership.updateMany({ where: { userId: peter }, data: { proxyFor: ['ada'] } });
  expect([await read('ben'), await read('ada')]).toEqual([404, 200]);
  await database().membership.updateMany({ where: { userId: peter }, data: { proxyFor: ['ada', 'ben'] } });
});
