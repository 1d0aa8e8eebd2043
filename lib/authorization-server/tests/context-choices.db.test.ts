import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { answerToApp, authorizeUrl, Browser, exchangeFields, post } from './browser.ts';
import {
  makeClient,
  makeEncounter,
  makeLaunch,
  makePatient,
  makeSandbox,
  type SandboxFixture,
} from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

/** A hospital with one patient, who is Peter; and one with several. */
let small: SandboxFixture;
let large: SandboxFixture;

beforeAll(async () => {
  [small, large] = await Promise.all([makeSandbox(), makeSandbox()]);
  await database().resource.deleteMany({ where: { sandboxId: small.id, id: { not: 'peter' } } });
  const twice = [makeEncounter('one', 'twice'), makeEncounter('two', 'twice')];
  const peters = [makeEncounter('of-peter', 'peter')];
  await putResources(large.id, [makePatient('twice'), makePatient('never'), ...twice, ...peters]);
});

/** The token response of a trusted app when the user is not asked anything. */
async function unasked(sandbox: SandboxFixture, userId: string, scope: string, launch?: object) {
  const clientId = await makeClient(sandbox);
  const parameters = {
    scope,
    nonce: undefined,
    launch: launch ? await makeLaunch(sandbox, clientId, launch, userId) : undefined,
  };
  const response = await new Browser(sandbox, userId).visit(authorizeUrl(sandbox, clientId, parameters));
  const { code = '' } = answerToApp(response);
  const exchanged = await post(sandbox, 'token', exchangeFields(clientId, code));
  expect(exchanged.status).toBe(200);
  return exchanged.json();
}

async function asked(sandbox: SandboxFixture, userId: string, scope: string): Promise<Visit> {
  return Visit.by(sandbox, userId).start(await makeClient(sandbox), { scope, nonce: undefined });
}

describe('the patient', () => {
  it.each(['launch/patient', 'patient/*.rs', 'patient/Patient.read'])(
    'is not asked for where a clinician may see but one: %s [SMART 164 165]',
    async (scope) => expect((await unasked(small, small.users.chen, scope)).patient).toBe('peter'),
  );

  it.each(['launch/patient', 'patient/*.rs'])(
    'is not asked of a patient, whose record is their own: %s [SMART 164 165]',
    async (scope) => expect((await unasked(large, large.users.peter, scope)).patient).toBe('peter'),
  );

  it.each(['launch/patient', 'patient/*.rs'])(
    'is asked for where a clinician may see more: %s [SMART 164 165 363]',
    async (scope) => {
      const visit = await asked(large, large.users.chen, scope);
      expect((await visit.view()).step).toBe('patient');
    },
  );

  it('is asked for where there is none, which the page says', async () => {
    const { id, slug, users } = await makeSandbox();
    await database().resource.deleteMany({ where: { sandboxId: id } });
    const visit = await asked({ id, slug, users }, users.chen, 'launch/patient');
    expect(await visit.view()).toMatchObject({ step: 'patient', patients: [] });
  });

  it('is given to an app that must not ask, where there is only one', async () => {
    const clientId = await makeClient(small);
    const url = authorizeUrl(small, clientId, { scope: 'patient/*.rs', nonce: undefined, prompt: 'none' });
    expect(answerToApp(await new Browser(small, small.users.chen).visit(url)).code).toBeDefined();
    const other = authorizeUrl(large, await makeClient(large), {
      scope: 'patient/*.rs',
      nonce: undefined,
      prompt: 'none',
    });
    expect(answerToApp(await new Browser(large, large.users.chen).visit(other)).error).toBe('interaction_required');
  });

  it('is not asked for by an app that only wants what the user sees', async () => {
    expect(await unasked(large, large.users.chen, 'user/*.rs')).not.toHaveProperty('patient');
  });
});

describe('the encounter', () => {
  const scope = 'launch/patient launch/encounter patient/*.rs';

  it('is not asked for where the patient has but one, by a clinician', async () => {
    const visit = await asked(large, large.users.chen, scope);
    const { code } = answerToApp(await visit.answer('patient', { patient: 'baby' }));
    expect(code).toBeDefined();
    expect(await unasked(large, large.users.chen, `launch ${scope}`, { patient: 'baby' })).toMatchObject({
      patient: 'baby',
      encounter: 'visit',
    });
  });

  it('is not asked for where the patient has but one, by a patient', async () => {
    expect(await unasked(large, large.users.peter, scope)).toMatchObject({ patient: 'peter', encounter: 'of-peter' });
  });

  it('is left out where the patient has none', async () => {
    const given = await unasked(large, large.users.chen, `launch ${scope}`, { patient: 'never' });
    expect(given.patient).toBe('never');
    expect(given).not.toHaveProperty('encounter');
    expect(given.scope).not.toContain('launch/encounter');
    expect(await unasked(small, small.users.peter, scope)).not.toHaveProperty('encounter');
  });

  it('is asked for where the patient has more', async () => {
    const visit = await asked(large, large.users.chen, scope);
    visit.arrive(await visit.answer('patient', { patient: 'twice' }));
    expect((await visit.view()).step).toBe('encounter');
  });

  it('is that of the launch, whatever else the patient had', async () => {
    const launched = { patient: 'twice', encounter: 'two' };
    expect(await unasked(large, large.users.chen, `launch ${scope}`, launched)).toMatchObject(launched);
  });
});
