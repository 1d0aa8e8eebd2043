import type { Bundle } from 'fhir/r4';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({
    chen: { scope: 'user/*.cruds smart/orchestrate_launch', fhirUser: 'Practitioner/chen' },
    admin: { scope: 'user/*.cruds', role: 'admin' },
  });
  await here.put([
    { resourceType: 'Patient', id: 'E' },
    { resourceType: 'Patient', id: 'B' },
  ]);
  await database().sandbox.update({ where: { id: here.sandboxId }, data: { orchestrateScope: true } });
});

beforeEach(async () => {
  await here.put(['hers', 'theirs'].map((id) => observation(id === 'hers' ? 'E' : 'B', id)));
});

const observation = (patient: string, id: string) => ({
  resourceType: 'Observation' as const,
  id,
  status: 'final' as const,
  code: { text: 'x' },
  subject: { reference: `Patient/${patient}` },
});
const changed = (patient: string, id: string) => ({
  ...observation(patient, id),
  note: [{ text: crypto.randomUUID() }],
});
const json = { 'content-type': 'application/json-patch+json' };

/** Each way to write, as the status that it is answered with, for the record of this patient. */
const ways: Record<string, (patient: string, id: string) => Promise<number>> = {
  create: async (patient) =>
    statusOf(here.send('POST', '/Observation', 'chen', { ...observation(patient, ''), id: undefined })),
  'conditional create': async (patient) =>
    statusOf(
      here.send(
        'POST',
        '/Observation',
        'chen',
        { ...observation(patient, ''), id: undefined },
        { 'if-none-exist': '_id=none' },
      ),
    ),
  update: async (patient, id) => statusOf(here.send('PUT', `/Observation/${id}`, 'chen', changed(patient, id))),
  'conditional update': async (patient, id) =>
    statusOf(here.send('PUT', `/Observation?_id=${id}`, 'chen', changed(patient, id))),
  patch: async (_, id) =>
    statusOf(
      here.send('PATCH', `/Observation/${id}`, 'chen', [{ op: 'add', path: '/note', value: [{ text: 'y' }] }], json),
    ),
  transaction: async (patient, id) => statusOf(bundled('transaction', patient, id)),
  batch: async (patient, id) => {
    const bundle = (await (await bundled('batch', patient, id)).json()) as Bundle;
    return Number(bundle.entry?.[0]?.response?.status);
  },
  delete: async (_, id) => statusOf(here.send('DELETE', `/Observation/${id}`, 'chen')),
};

async function statusOf(response: Promise<Response>): Promise<number> {
  return (await response).status;
}

function bundled(type: string, patient: string, id: string): Promise<Response> {
  const entry = [{ resource: changed(patient, id), request: { method: 'PUT', url: `Observation/${id}` } }];
  return here.send('POST', '', 'chen', { resourceType: 'Bundle', type, entry });
}

function launchService(method: string, path = ''): Promise<Response> {
  const headers = { authorization: `Bearer ${here.slug}-chen`, 'content-type': 'application/json' };
  const body = method === 'POST' ? JSON.stringify({ client_id: 'app', parameters: { patient: 'E' } }) : null;
  const request = new Request(`${here.base}/_services/smart/Launch${path}`, { method, headers, body });
  return answerLaunchService(request, here.slug);
}

function become(role: 'clinician' | 'patient'): Promise<unknown> {
  const fhirUser = role === 'patient' ? 'Patient/E' : 'Practitioner/chen';
  const user = `${here.slug}-chen`;
  return database().membership.upsert({
    where: { sandboxId_userId: { sandboxId: here.sandboxId, userId: user } },
    create: { sandboxId: here.sandboxId, userId: user, role, fhirUser },
    update: { role, fhirUser },
  });
}

async function everyStatus(): Promise<number[]> {
  const statuses: number[] = [];
  for (const way of Object.values(ways)) {
    statuses.push(await way('E', 'hers'), await way('B', 'theirs'));
  }
  return statuses;
}

describe('a live token of somebody who was a clinician', () => {
  beforeEach(() => become('clinician'));

  it('writes and launches as long as they are one', async () => {
    expect(Math.max(...(await everyStatus()))).toBeLessThan(300);
    expect((await launchService('POST')).status).toBe(200);
  });

  it('writes nothing once they are a patient, and launches no apps for others', async () => {
    const { launch_id: launchId } = await (await launchService('POST')).json();
    await become('patient');
    expect(await everyStatus()).toEqual(Object.keys(ways).flatMap(() => [403, 403]));
    const refused = await here.send('POST', '/Observation', 'chen', { ...observation('E', ''), id: undefined });
    expect(refused.headers.get('www-authenticate')).toContain('patient/Observation.c');
    expect((await here.send('GET', '/Observation/hers', 'chen')).status).toBe(200);
    expect((await here.send('GET', '/Observation/theirs', 'chen')).status).toBe(404);
    for (const response of [
      await launchService('POST'),
      await launchService('GET', `/${launchId}`),
      await launchService('DELETE', `/${launchId}`),
    ]) {
      expect(response.status).toBe(403);
    }
    await become('clinician');
    expect((await launchService('GET', `/${launchId}`)).status).toBe(200);
  });

  it('does nothing once they are no member', async () => {
    const { launch_id: launchId } = await (await launchService('POST')).json();
    await database().membership.deleteMany({ where: { userId: `${here.slug}-chen` } });
    for (const way of Object.values(ways).filter((way) => way !== ways.batch)) {
      expect(await way('E', 'hers')).toBe(401);
    }
    expect((await bundled('batch', 'E', 'hers')).status).toBe(401);
    expect((await launchService('POST')).status).toBe(401);
    expect((await launchService('GET', `/${launchId}`)).status).toBe(401);
  });
});

it('an administrator’s live token reads no audit log once they are a clinician', async () => {
  const status = async () => (await here.send('GET', '/AuditEvent', 'admin')).status;
  expect(await status()).toBe(200);
  await database().membership.updateMany({ where: { userId: `${here.slug}-admin` }, data: { role: 'clinician' } });
  expect(await status()).toBe(403);
});
