/** The audit log of reading at the EHR's own pages: it tells who read, about which patients, and the outcome. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { database } from '#lib/data/database/database.ts';
import { findVisitor } from '#lib/data/member/memberships.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { openSession } from '#lib/data/session/tests/open-session.ts';
import { env } from '#lib/env.ts';
import ChartPage from '../(workspace)/patients/[id]/page.tsx';
import { readListRequest } from '../(workspace)/patients/list-request.ts';
import { PatientResults } from '../(workspace)/patients/patient-results.tsx';
import RecordPage from '../(workspace)/record/page.tsx';
import { GET as download } from '../admin/import/data/route.ts';
import { POST as importJob } from '../admin/import/job/route.ts';
import { POST as importPart } from '../admin/import/part/route.ts';
import { GET as encounters } from '../launch/encounters/route.ts';
import { GET as patients } from '../launch/patients/route.ts';
import { POST as launch } from '../launch/route.ts';
import { patientNames } from '../patient-names.ts';
import { forgetCookies, signInAs } from './action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from './people.ts';

let ours: number;
let people: TwoSandboxes['people'];

beforeAll(async () => {
  ({ ours, people } = await makeTwoSandboxes());
  const stands = (userId: string, data: { fhirUser: string; proxyFor?: string[] }) =>
    database().membership.update({ where: { sandboxId_userId: { sandboxId: ours, userId } }, data });
  await stands(people.clinician, { fhirUser: 'Practitioner/dr' });
  await stands(people.patient, { fhirUser: 'Patient/ann', proxyFor: ['bob'] });
  const person = (id: string) => ({ resourceType: 'Patient' as const, id, name: [{ family: `Berg-${id}` }] });
  const visit = {
    resourceType: 'Encounter' as const,
    id: 'visit',
    status: 'finished' as const,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: 'Patient/ann' },
  };
  await putResources(ours, [person('ann'), person('bob'), person('cay'), visit]);
  await database().client.create({
    data: {
      sandboxId: ours,
      clientId: 'chart',
      name: 'Chart',
      type: 'public',
      scope: 'launch',
      redirectUris: [],
      launchUri: 'https://chart.example/launch',
    },
  });
});
beforeEach(() => forgetCookies());

const events = (...work: (() => Promise<unknown>)[]) => eventsOf(ours, ...work);

/** Calls a page or route, and answers its result; of an error that Next would turn into 404 or 403, that. */
async function open(work: () => Promise<unknown>): Promise<unknown> {
  return work().catch((thrown: { digest?: string }) => {
    if (thrown.digest?.startsWith('NEXT_')) return thrown.digest;
    throw thrown;
  });
}

const params = Promise.resolve({ sandbox: 'ours' });
const chart = (id: string) => open(() => ChartPage({ params: Promise.resolve({ sandbox: 'ours', id }) }));
const portal = (patient?: string | string[]) =>
  open(() => RecordPage({ params, searchParams: Promise.resolve(patient === undefined ? {} : { patient }) }));
const get = (path: string) => new Request(`${env().origin}/ours/${path}`);

function post(path: string, body: string, headers: object = {}) {
  const all = { 'sec-fetch-site': 'same-origin', ...headers };
  return new Request(`${env().origin}/ours/${path}`, { method: 'POST', body, headers: all });
}

const done = { status: 200, outcome: 0, clientId: null };
const byClinician = { username: 'clinician', fhirUser: 'Practitioner/dr' };

describe('the chart', () => {
  beforeEach(() => signInAs(people.clinician));
  const page = { ...byClinician, interaction: 'chart', action: 'R', method: 'GET' };

  it('is in the log with its patient', async () => {
    const about = { path: 'patients/ann', patients: ['ann'], entities: ['Patient/ann'] };
    expect(await events(() => chart('ann'))).toMatchObject([{ ...page, ...done, ...about }]);
  });

  it('of nobody is in the log as refused', async () => {
    const about = { path: 'patients/nobody', patients: ['nobody'], status: 404, outcome: 4 };
    expect(await events(() => chart('nobody'))).toMatchObject([{ ...page, ...about }]);
  });

  it('that a patient opens of somebody else is in the log as refused', async () => {
    await signInAs(people.patient);
    const about = { username: 'patient', fhirUser: 'Patient/ann', patients: ['cay'], status: 404, outcome: 4 };
    expect(await events(() => chart('cay'))).toMatchObject([about]);
  });

  it('is not in the log when a stranger, or nobody, asks for it: they reach nothing here', async () => {
    await signInAs(people.stranger);
    expect(await events(() => chart('ann'))).toEqual([]);
    forgetCookies();
    expect(await events(() => chart('ann'))).toEqual([]);
  });
});

describe('the portal', () => {
  beforeEach(() => signInAs(people.patient));
  const page = { username: 'patient', fhirUser: 'Patient/ann', interaction: 'chart', action: 'R', path: 'record' };

  it.each([
    [undefined, ''],
    ['bob', 'patient=bob'],
  ])('is in the log with the patients it names: %s', async (asked, query) => {
    expect(await events(() => portal(asked))).toMatchObject([{ ...page, ...done, query, patients: ['ann', 'bob'] }]);
  });

  it.each([['cay'], ['nobody']])("is in the log as refused for %s, who is none of the member's", async (asked) => {
    const about = { query: `patient=${asked}`, patients: [asked], status: 404, outcome: 4 };
    expect(await events(() => portal(asked))).toMatchObject([{ ...page, ...about }]);
  });

  it('is in the log as refused for what names nobody', async () => {
    const events_ = await events(() => portal('../x'));
    expect(events_).toMatchObject([{ ...page, query: 'patient=..%2Fx', patients: [], status: 404 }]);
    expect(await events(() => portal(['ann', 'bob']))).toMatchObject([{ ...page, status: 404 }]);
  });
});

describe('the list of patients', () => {
  beforeEach(() => signInAs(people.clinician));
  const page = { ...byClinician, interaction: 'lookup', action: 'E', method: 'GET', path: 'patients' };

  async function list(sent: Record<string, string>) {
    const member = (await findVisitor('ours', (await openSession(people.clinician)).hash))?.member;
    if (!member) throw new Error('The clinician is no member.');
    return PatientResults({ list: '/ours/patients', request: readListRequest(sent), member });
  }

  it('is in the log with whom it shows, and what was looked for', async () => {
    expect(await events(() => list({ name: 'berg-b', sort: 'birthdate' }))).toMatchObject([
      { ...page, ...done, query: 'name=berg-b&sort=birthdate&page=1', patients: ['bob'], entities: ['Patient/bob'] },
    ]);
    expect(await events(() => list({}))).toMatchObject([{ ...page, ...done, patients: ['ann', 'bob', 'cay'] }]);
  });

  it('is in the log where there is no such page', async () => {
    expect(await events(() => list({ trail: 'x' }))).toMatchObject([{ ...page, status: 400, outcome: 4 }]);
  });
});

describe('what the launch dialog looks up', () => {
  beforeEach(() => signInAs(people.clinician));
  const lookup = { ...byClinician, ...done, interaction: 'lookup', action: 'E', method: 'GET' };

  it('is in the log: patients', async () => {
    expect(await events(() => patients(get('launch/patients?q=berg-c'), { params }))).toMatchObject([
      { ...lookup, path: 'launch/patients', query: 'q=berg-c', patients: ['cay'] },
    ]);
  });

  it('is in the log: encounters, also where there are none', async () => {
    const find = (id: string) => () => encounters(get(`launch/encounters?patient=${id}`), { params });
    expect(await events(find('ann'), find('nobody'))).toMatchObject([
      { ...lookup, path: 'launch/encounters', query: 'patient=ann', entities: ['Encounter/visit', 'Patient/ann'] },
      { ...lookup, path: 'launch/encounters', query: 'patient=nobody', patients: ['nobody'] },
    ]);
  });

  it('and the launch itself, with its patient, done or refused; the launch id stands nowhere', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    let location = '';
    const start = (patient: string) => async () => {
      const answer = await launch(post('launch', `client_id=chart&patient=${patient}`, form), { params });
      location ||= answer.headers.get('location') ?? '';
    };
    const found = await events(start('ann'), start('nobody'));
    const started = { ...byClinician, interaction: 'launch', action: 'C', query: 'client_id=chart&origin=ui' };
    expect(found).toMatchObject([
      { ...started, status: 303, outcome: 0, patients: ['ann'] },
      { ...started, status: 404, outcome: 4, patients: ['nobody'] },
    ]);
    const launchId = new URL(location).searchParams.get('launch') ?? '';
    expect(launchId.length).toBeGreaterThan(20);
    expect(found.map((event) => Object.values(event).join())).not.toContainEqual(expect.stringContaining(launchId));
  });

  it('and names of patients in a list of launches, where there are any', async () => {
    const member = (await findVisitor('ours', (await openSession(people.admin)).hash))?.member;
    if (!member) throw new Error('The admin is no member.');
    const ask =
      (...ids: string[]) =>
      () =>
        patientNames(member, 'admin/launches', ids);
    expect(await events(ask('ann', 'ann', 'gone'), ask())).toMatchObject([
      { interaction: 'lookup', username: 'admin', path: 'admin/launches', patients: ['ann'] },
    ]);
  });
});

describe('data that go in or out as a whole', () => {
  it('are one event: the download, with how many they are', async () => {
    await signInAs(people.admin);
    const found = await events(async () => (await download(get('admin/import/data'), { params })).text());
    const all = { patients: [], patientsAll: 3, entities: [], entitiesAll: 4 };
    expect(found).toMatchObject([
      { username: 'admin', interaction: 'export', action: 'R', path: 'admin/import/data', ...done, ...all },
    ]);
  });

  it('are one event: the upload, however many parts it has', async () => {
    await signInAs(people.admin);
    const found = await events(async () => {
      const begun = await importJob(post('admin/import/job', '{"files":2,"bytes":90}'), { params });
      const { job } = (await begun.json()) as { job: string };
      for (const id of ['dee', 'eve']) {
        const place = { job, file: `${id}.json`, lines: 'false', firstLine: '1', bytes: '45', last: 'true' };
        const path = `admin/import/part?${new URLSearchParams(place)}`;
        const part = post(path, JSON.stringify({ resourceType: 'Patient', id }));
        expect((await importPart(part, { params })).status).toBe(200);
      }
    });
    expect(found).toMatchObject([
      { username: 'admin', interaction: 'import', action: 'C', ...done, query: expect.stringContaining('files=2') },
    ]);
  });

  it('are refused to everybody else, which the log has', async () => {
    await signInAs(people.clinician);
    const found = await events(
      () => download(get('admin/import/data'), { params }),
      () => importJob(post('admin/import/job', '{"files":2,"bytes":90}'), { params }),
    );
    expect(found).toMatchObject([
      { ...byClinician, interaction: 'export', status: 403, outcome: 4 },
      { ...byClinician, interaction: 'import', status: 403, outcome: 4 },
    ]);
  });
});
