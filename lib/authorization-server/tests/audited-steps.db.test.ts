/** The audit records of the pages on which a patient is chosen for an app. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { makeClient, makeEncounter, makePatient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

let sandbox: SandboxFixture;
let username: string;
const scope = 'launch/patient launch/encounter patient/*.rs';

beforeAll(async () => {
  sandbox = await makeSandbox();
  username = (await database().user.findUniqueOrThrow({ where: { id: sandbox.users.chen } })).username;
  const visits = [makeEncounter('one', 'twice'), makeEncounter('two', 'twice')];
  await putResources(sandbox.id, [makePatient('twice'), ...visits]);
});

const events = (...work: (() => Promise<unknown>)[]) => eventsOf(sandbox.id, ...work);

async function asked(options: { trusted?: boolean } = {}, more: object = {}) {
  const clientId = await makeClient(sandbox, options);
  const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope, nonce: undefined, ...more });
  const by = { interaction: 'lookup', action: 'E', username, fhirUser: 'Practitioner/dr-chen', clientId: null };
  return { visit, clientId, by };
}

describe('the log', () => {
  it('has the patients that the list showed, to which user, and for which app', async () => {
    const { visit, clientId, by } = await asked();
    const found = await events(
      () => visit.view(),
      () => visit.view('test-tw'),
    );
    const page = { ...by, method: 'GET', path: 'oauth/interaction/patient', status: 200, outcome: 0 };
    expect(found).toMatchObject([
      { ...page, query: `client_id=${clientId}`, patients: ['baby', 'peter', 'twice'] },
      { ...page, query: `client_id=${clientId}&q=test-tw`, patients: ['twice'] },
    ]);
  });

  it('has the choice of a patient, of an encounter, and the page that shows the encounters', async () => {
    const { visit, clientId, by } = await asked();
    const chosen = await events(async () => visit.arrive(await visit.answer('patient', { patient: 'twice' })));
    expect(chosen).toMatchObject([
      {
        ...by,
        method: 'POST',
        path: 'oauth/interaction/patient',
        status: 303,
        query: `client_id=${clientId}&chosen=twice`,
        patients: ['twice'],
      },
    ]);
    const found = await events(
      () => visit.view(),
      () => visit.answer('encounter', { encounter: 'one' }),
    );
    const page = { ...by, path: 'oauth/interaction/encounter', patients: ['twice'] };
    expect(found).toMatchObject([
      { ...page, method: 'GET', entities: ['Encounter/one', 'Encounter/two', 'Patient/twice'] },
      { ...page, method: 'POST', status: 303, entities: ['Encounter/one', 'Patient/twice'] },
    ]);
  });

  it('has the choice of a patient who does not exist, as refused', async () => {
    const { visit, by } = await asked();
    const found = await events(() => visit.say('patient', { patient: 'nobody' }));
    expect(found).toMatchObject([{ ...by, method: 'POST', status: 404, outcome: 4, patients: ['nobody'] }]);
  });

  it('has that the page of consent named the patient, and nothing of one that names nobody', async () => {
    const { visit, by } = await asked({ trusted: false });
    visit.arrive(await visit.answer('patient', { patient: 'baby' }));
    expect(await events(() => visit.view())).toMatchObject([
      { ...by, path: 'oauth/interaction/consent', patients: ['baby'], entities: ['Patient/baby'] },
    ]);
    const other = await asked({ trusted: false }, { scope: 'openid user/*.rs', nonce: 'n' });
    expect(await events(() => other.visit.view())).toEqual([]);
  });
});
