import { randomUUID } from 'node:crypto';
import type { Encounter, Patient } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { findLaunch, hashLaunchId, recordLaunch } from './launches.ts';

/** Records a launch in a new sandbox, and returns for how many milliseconds it is valid. */
async function validity(launchLifetime?: number): Promise<number> {
  const { id: sandboxId } = await database().sandbox.create({
    data: {
      slug: `ward-${randomUUID().slice(0, 8)}`,
      name: 'Ward',
      launchLifetime,
    },
  });
  const clientId = 'chart';
  await database().client.create({ data: { sandboxId, clientId, name: 'Chart', scope: 'launch', type: 'public' } });
  const recorded = await recordLaunch({ sandboxId, clientId, parameters: {}, origin: 'api' });
  if ('refusal' in recorded) throw new Error(recorded.refusal.message);
  const stored = await findLaunch(hashLaunchId(recorded.launchId));
  expect(stored).toEqual(recorded.launch);
  return recorded.launch.expiresAt.getTime() - recorded.launch.createdAt.getTime();
}

describe('recordLaunch', () => {
  it('makes a launch valid for as long as its sandbox says', async () => expect(await validity(1)).toBe(1000));

  it('makes it valid for five minutes where the sandbox says nothing', async () => {
    expect(await validity()).toBe(5 * 60 * 1000);
  });
});

describe('a member who launches', () => {
  let sandboxId: number;
  const member = { clinician: { role: 'clinician' }, peter: { role: 'patient', fhirUser: 'Patient/peter' } } as const;

  beforeAll(async () => {
    sandboxId = (await database().sandbox.create({ data: { slug: 'launching', name: 'Ward' } })).id;
    const app = { sandboxId, scope: 'launch', type: 'public', launchUri: 'https://app.example/launch' } as const;
    await database().client.createMany({
      data: [
        { ...app, clientId: 'chart', name: 'Chart' },
        { ...app, clientId: 'visit', name: 'Visit', needs: 'encounter' },
        { ...app, clientId: 'board', name: 'Board', needs: 'none' },
        { ...app, clientId: 'off', name: 'Off', enabled: false },
        { ...app, clientId: 'api', name: 'Api', launchUri: null },
      ],
    });
    const visit = { status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/baby' } } as const;
    const encounter: Encounter = { resourceType: 'Encounter', id: 'visit', ...visit };
    const patients = ['baby', 'peter'].map((id): Patient => ({ resourceType: 'Patient', id }));
    await putResources(sandboxId, [...patients, encounter]);
  });

  const launch = async (who: keyof typeof member, clientId: string, parameters: object) => {
    const permission = permissionOfMember(member[who]);
    const recorded = await recordLaunch({ sandboxId, clientId, parameters, origin: 'ui', permission });
    return 'refusal' in recorded ? recorded.refusal.reason : recorded.launchUri;
  };

  it.each([
    ['clinician', 'chart', { patient: 'baby' }, 'https://app.example/launch'],
    ['clinician', 'chart', { patient: 'baby', encounter: 'visit' }, 'https://app.example/launch'],
    ['clinician', 'board', {}, 'https://app.example/launch'],
    ['clinician', 'nothing', { patient: 'baby' }, 'unknown-client'],
    ['clinician', 'off', { patient: 'baby' }, 'disabled-client'],
    ['clinician', 'api', { patient: 'baby' }, 'no-launch-uri'],
    ['clinician', 'chart', {}, 'patient-required'],
    ['clinician', 'board', { encounter: 'visit' }, 'patient-required'],
    ['clinician', 'visit', { patient: 'baby' }, 'encounter-required'],
    ['clinician', 'chart', { patient: 'nobody' }, 'unknown-patient'],
    ['clinician', 'chart', { patient: 'baby', encounter: 'none' }, 'unknown-encounter'],
    ['clinician', 'chart', { patient: 'peter', encounter: 'visit' }, 'foreign-encounter'],
    ['peter', 'chart', { patient: 'peter' }, 'https://app.example/launch'],
    ['peter', 'chart', { patient: 'baby' }, 'unknown-patient'],
  ] as const)('%s opens %s with %j: %s', async (who, clientId, parameters, expected) => {
    const before = await database().launchContext.count({ where: { sandboxId } });
    expect(await launch(who, clientId, parameters)).toBe(expected);
    const stored = (await database().launchContext.count({ where: { sandboxId } })) - before;
    expect(stored).toBe(expected.startsWith('https:') ? 1 : 0);
  });
});
