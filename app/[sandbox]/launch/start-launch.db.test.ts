import { beforeAll, describe, expect, it } from 'vitest';
import { makeClient, makeSandbox, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { findLaunch, hashLaunchId } from '#lib/data/launch/launches.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { LaunchId } from '#lib/smart/launch/ids.ts';
import { openScenario } from '../scenarios/[id]/open-scenario.ts';
import { formOf } from '../tests/action-request.ts';
import { startLaunch } from './start-launch.ts';

let ours: SandboxFixture;
let clientId: string;
const defaults = { intent: 'review', ward: { name: '3 West' } };

beforeAll(async () => {
  ours = await makeSandbox();
  clientId = await makeClient(ours);
  const where = { sandboxId_clientId: { sandboxId: ours.id, clientId } };
  const data = { launchDefaults: defaults, launchUri: 'https://app.example.org/launch' };
  await database().client.update({ where, data });
  const subject = { reference: 'Patient/baby' };
  const study = { resourceType: 'ImagingStudy', status: 'available', subject } as const;
  await putResources(ours.id, [{ ...study, id: 'study' } as never]);
});

function member(person: 'chen' | 'peter'): Member {
  const { id, slug } = ours;
  const who = { chen: { role: 'clinician' }, peter: { role: 'patient', fhirUser: 'Patient/peter' } } as const;
  return {
    user: { id: ours.users[person], username: person, name: person },
    sandbox: { id, slug, name: slug },
    ...who[person],
  };
}

/** The parameters of the launch that this form makes, or the reason for its refusal. */
async function parametersOf(fields: Record<string, string>, person: 'chen' | 'peter' = 'chen') {
  const started = await startLaunch(member(person), formOf({ client_id: clientId, patient: 'peter', ...fields }));
  if ('refusal' in started) return started.refusal;
  const launchId = LaunchId.parse(new URL(started.url).searchParams.get('launch'));
  return (await findLaunch(hashLaunchId(launchId)))?.parameters;
}

describe('a launch from the pages', () => {
  it('says what the registration of the app says of every launch', async () => {
    expect(await parametersOf({})).toEqual({ patient: 'peter', ...defaults });
  });

  it('says otherwise where the form does', async () => {
    expect(await parametersOf({ intent: 'order' })).toEqual({ patient: 'peter', ...defaults, intent: 'order' });
  });

  it('says only what the form says once its fields were shown', async () => {
    const fields = { parameters: 'typed', intent: '', others: '{"room":[12,null]}', needPatientBanner: 'false' };
    expect(await parametersOf(fields)).toEqual({ patient: 'peter', room: [12, null], need_patient_banner: false });
  });

  it('hands on appContext and fhirContext', async () => {
    const fields = { parameters: 'typed', appContext: '{"order":7}', fhirContext: 'ImagingStudy/study' };
    expect(await parametersOf(fields)).toEqual({
      patient: 'peter',
      appContext: { order: 7 },
      fhirContext: [{ reference: 'ImagingStudy/study' }],
    });
  });

  it.each([
    [{ others: '{"access_token":"x"}' }, 'malformed-context'],
    [{ others: '{"patient":"baby"}' }, 'malformed-context'],
    [{ others: '{"fhirUser":"Practitioner/dr-chen"}' }, 'malformed-context'],
    [{ fhirContext: '[{]' }, 'malformed-context'],
    [{ fhirContext: 'ImagingStudy/none' }, 'unreachable-reference'],
    [{ patient: 'nobody' }, 'unknown-patient'],
  ])('refuses %j: %s', async (fields, refusal) => {
    const before = await database().launchContext.count({ where: { sandboxId: ours.id } });
    expect(await parametersOf(fields as Record<string, string>)).toBe(refusal);
    expect(await database().launchContext.count({ where: { sandboxId: ours.id } })).toBe(before);
  });

  it('lets nobody put into a context what they may not read themselves', async () => {
    expect(await parametersOf({ fhirContext: 'ImagingStudy/study' }, 'peter')).toBe('unreachable-reference');
    expect(await parametersOf({}, 'peter')).toMatchObject({ patient: 'peter' });
  });

  it.each(['resource', 'location'])('answers alike for what is another’s and what is not there: %s', async (name) => {
    const asked = (id: string) => parametersOf({ others: JSON.stringify({ [name]: `ImagingStudy/${id}` }) }, 'peter');
    expect([await asked('study'), await asked('none')]).toEqual(['unreachable-reference', 'unreachable-reference']);
    expect(await parametersOf({ others: `{"${name}":"anything else"}` }, 'peter')).toMatchObject({ patient: 'peter' });
    expect(await parametersOf({ others: `{"${name}":"ImagingStudy/study"}` })).toMatchObject({ patient: 'peter' });
  });

  it('leaves out of a stored scenario what describes the user', async () => {
    const parameters = { patient: 'peter', fhirUser: 'Practitioner/dr-chen', ward: '3 West' };
    const scenario = { id: 'old', name: 'Old', description: '', clientId, parameters };
    await database().launchScenario.create({ data: { sandboxId: ours.id, ...scenario } });
    const opened = await openScenario(member('chen'), 'old');
    const launchId = LaunchId.parse('url' in opened ? new URL(opened.url).searchParams.get('launch') : opened.refusal);
    const { fhirUser: _, ...kept } = parameters;
    expect((await findLaunch(hashLaunchId(launchId)))?.parameters).toEqual({ ...defaults, ...kept });
  });
});
