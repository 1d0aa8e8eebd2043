import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { answerInteraction } from '../interaction/answer-interaction.ts';
import { makeClient, makeEncounter, makePatient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { ticked, Visit } from './visit.ts';

let sandbox: SandboxFixture;
let clientId: string;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  await putResources(sandbox.id, [makeEncounter('second', 'baby')]);
});

type Fields = Record<string, string> | [string, string][];

interface Step {
  step: string;
  /** The app's request, which leads to the step. */
  asked: Record<string, string>;
  /** The fields that a user would send in this step and in those before it. */
  fields: Fields;
  before?: (visit: Visit) => Promise<unknown>;
}

const steps: Step[] = [
  { step: 'select_account', asked: { prompt: 'select_account', scope: 'openid user/*.rs' }, fields: {} },
  { step: 'patient', asked: { scope: 'openid launch/patient' }, fields: { patient: 'baby' } },
  {
    step: 'encounter',
    asked: { scope: 'openid launch/patient launch/encounter' },
    fields: { encounter: 'visit' },
    before: async (visit) => visit.arrive(await visit.answer('patient', { patient: 'baby' })),
  },
  { step: 'consent', asked: { prompt: 'consent', scope: 'openid user/*.rs' }, fields: ticked('openid') },
  { step: 'deny', asked: { prompt: 'consent', scope: 'openid user/*.rs' }, fields: {} },
];

async function arriveAt({ asked, before }: Step): Promise<Visit> {
  const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, asked);
  await before?.(visit);
  return visit;
}

const goesOn = '/oauth/authorize/';

describe.each(steps)('the step $step', (step) => {
  it('is taken from our own page, and only from there', async () => {
    const visit = await arriveAt(step);
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: `${env().origin}.evil.example` },
    ];
    for (const headers of forged) {
      expect(await visit.say(step.step, step.fields, headers), JSON.stringify(headers)).not.toContain(goesOn);
    }
    expect(await visit.say(step.step, step.fields)).toContain(goesOn);
  });

  it('is not taken from a link', async () => {
    const visit = await arriveAt(step);
    const query = new URLSearchParams(step.fields);
    const request = new Request(`${env().origin}${visit.page}/${step.step}?${query}`, {
      headers: {
        cookie: visit.browser.cookieHeader(visit.page),
        'sec-fetch-site': 'same-origin',
        origin: env().origin,
      },
    });
    const at = { slug: sandbox.slug, uid: visit.uid, step: step.step };
    const response = await answerInteraction(request, at, () => visit.browser.session());
    expect(response.headers.get('location')).not.toContain(goesOn);
  });

  it('is not taken from a browser that did not begin the request, nor with its address alone', async () => {
    const visit = await arriveAt(step);
    expect(await visit.say(step.step, step.fields, { cookie: '' })).not.toContain(goesOn);
    const other = await arriveAt(step);
    other.uid = visit.uid;
    expect(await other.say(step.step, step.fields)).not.toContain(goesOn);
  });
});

it.each(steps.filter(({ step }) => step !== 'deny'))(
  'the step $step is not taken from another user, nor from nobody',
  async (step) => {
    const visit = await arriveAt(step);
    visit.browser.userId = sandbox.users.admin;
    expect(await visit.say(step.step, step.fields)).not.toContain(goesOn);
    visit.browser.userId = undefined;
    expect(await visit.say(step.step, step.fields)).not.toContain(goesOn);
  },
);

it('a step is not taken for another one', async () => {
  const [selecting] = steps;
  if (!selecting) throw new Error('there are no steps');
  const visit = await arriveAt(selecting);
  expect(await visit.say('consent', ticked('openid'))).not.toContain(goesOn);
  expect(await visit.say('patient', { patient: 'baby' })).not.toContain(goesOn);
  expect(await visit.say('nonsense')).not.toContain(goesOn);
});

describe('a choice that the page did not offer is not taken', () => {
  beforeAll(async () => {
    const { id } = await makeSandbox();
    await putResources(id, [makePatient('elsewhere'), makeEncounter('abroad', 'elsewhere')]);
    await putResources(sandbox.id, [makeEncounter('of-peter', 'peter')]);
  });

  it('of a patient, from a patient account that stands for nobody', async () => {
    const where = { sandboxId: sandbox.id, userId: sandbox.users.peter };
    await database().membership.updateMany({ where, data: { fhirUser: null } });
    const visit = await Visit.by(sandbox, sandbox.users.peter).start(clientId, { scope: 'openid launch/patient' });
    expect(await visit.view()).toMatchObject({ step: 'patient', patients: [] });
    for (const patient of ['peter', 'baby']) {
      expect(await visit.say('patient', { patient })).toContain('?problem=patient');
    }
  });

  it.each(['elsewhere', 'nobody', '../peter', 'peter,baby', '', '\0'])('of the patient %j', async (patient) => {
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope: 'openid launch/patient' });
    expect(await visit.say('patient', { patient })).toContain('?problem=patient');
  });

  it.each(['abroad', 'of-peter', 'nobody', '\0'])('of the encounter %j for another patient', async (encounter) => {
    const scope = 'openid launch/patient launch/encounter';
    const visit = await Visit.by(sandbox, sandbox.users.chen).start(clientId, { scope });
    visit.arrive(await visit.answer('patient', { patient: 'baby' }));
    expect(await visit.say('encounter', { encounter })).toContain('?problem=encounter');
  });
});
