/** The upload page's requests, by administrators and by everybody else. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { findLatestImport } from '#lib/data/seed/import-jobs.ts';
import { env } from '#lib/env.ts';
import { forgetCookies, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { GET as download } from './data/route.ts';
import { POST as job } from './job/route.ts';
import { POST as known } from './known/route.ts';
import { POST as part } from './part/route.ts';

let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];
beforeAll(async () => {
  ({ ours, theirs, people } = await makeTwoSandboxes());
});
beforeEach(() => forgetCookies());

const params = (sandbox = 'ours') => ({ params: Promise.resolve({ sandbox }) });
const fromHere: Record<string, string> = { 'sec-fetch-site': 'same-origin' };

function post(path: string, body: string | Uint8Array<ArrayBuffer>, headers = fromHere): Request {
  return new Request(`${env().origin}/ours/admin/import/${path}`, { method: 'POST', body, headers });
}

async function begin(sandbox = 'ours'): Promise<string> {
  const answer = await job(post('job', JSON.stringify({ files: 3, bytes: 3000 })), params(sandbox));
  return ((await answer.json()) as { job: string }).job;
}

const place = (id: string, more: Record<string, string> = {}) =>
  `part?${new URLSearchParams({ job: id, file: 'a.json', lines: 'false', firstLine: '1', bytes: '1000', last: 'true', ...more })}`;
const ann = JSON.stringify({ resourceType: 'Patient', id: 'ann' });
const count = (sandboxId = ours) => database().resource.count({ where: { sandboxId } });

it('an administrator imports part after part, and the job says how far it is', async () => {
  await signInAs(people.admin);
  const id = await begin();
  const first = await part(post(place(id), ann), params());
  expect(await first.json()).toEqual({ skipped: false, created: 1, updated: 0, unchanged: 0, problems: [] });
  const again = await part(post(place(id), ann), params());
  expect(await again.json()).toMatchObject({ skipped: true, created: 0 });
  const bad = await part(post(place(id, { file: '<img src=x onerror=alert(1)>.json' }), '{'), params());
  const problem = { file: '<img src=x onerror=alert(1)>.json', path: '$' };
  expect(await bad.json()).toMatchObject({ created: 0, problems: [problem] });
  expect(await findLatestImport(ours)).toMatchObject({
    state: 'running',
    startedBy: 'The admin',
    files: 3,
    filesDone: 3,
    bytes: 3000,
    bytesDone: 3000,
    skipped: 1,
    resources: 1,
    problems: [problem],
  });
  expect((await job(post('job', JSON.stringify({ job: id, state: 'done' })), params())).status).toBe(200);
  // A job that is done cannot run again.
  expect((await job(post('job', JSON.stringify({ job: id, state: 'running' })), params())).status).toBe(409);
  expect((await part(post(place(id), ann), params())).status).toBe(409);
});

it('a body that breaks off is not told to be too long', async () => {
  await signInAs(people.admin);
  const sent = post(place(await begin()), ann);
  const body = new ReadableStream({ start: (stream) => stream.error(new Error('The connection was closed.')) });
  const broken = new Request(sent.url, { method: 'POST', body, headers: fromHere, duplex: 'half' } as RequestInit);
  await expect(part(broken, params())).rejects.toThrow('The connection was closed.');
});

it('asks which parts are in already, and counts them', async () => {
  await signInAs(people.admin);
  const id = await begin();
  const { digest } = await database().importedPart.findFirstOrThrow({ where: { sandboxId: ours } });
  const parts = [digest, '0'.repeat(64)].map((one) => ({ digest: one, bytes: 500, last: true }));
  const answer = await known(post('known', JSON.stringify({ job: id, parts })), params());
  expect(await answer.json()).toEqual({ known: [digest] });
  expect(await findLatestImport(ours)).toMatchObject({ filesDone: 1, bytesDone: 500, skipped: 1 });
});

describe('nobody else', () => {
  const requests: [string, (id: string, headers?: Record<string, string>) => Promise<Response>][] = [
    ['starts an import', (_, headers) => job(post('job', '{"files":1,"bytes":1}', headers), params())],
    ['ends one', (id, headers) => job(post('job', JSON.stringify({ job: id, state: 'cancelled' }), headers), params())],
    [
      'asks what is in',
      (id, headers) => known(post('known', JSON.stringify({ job: id, parts: [] }), headers), params()),
    ],
    [
      'sends a part',
      (id, headers) => part(post(place(id), '{"resourceType":"Patient","id":"evil"}', headers), params()),
    ],
    ['downloads', () => download(new Request(`${env().origin}/ours/admin/import/data`), params())],
  ];
  let id: string;
  let before: { jobs: number; resources: number };
  const state = async () => ({ jobs: await database().importJob.count(), resources: await count() });
  beforeEach(async () => {
    await signInAs(people.admin);
    id = await begin();
    before = await state();
    forgetCookies();
  });

  it.each(requests)('%s: the clinician, the patient, the administrator of another sandbox, nobody', async (_, send) => {
    for (const username of ['clinician', 'patient', 'stranger'] as const) {
      await signInAs(people[username]);
      expect((await send(id)).status, username).toBe(403);
    }
    forgetCookies();
    expect((await send(id)).status).toBe(401);
    await signInAs(people.admin, 'a forged secret of enough length');
    expect((await send(id)).status).toBe(401);
    expect(await state()).toEqual(before);
    expect(await findLatestImport(ours)).toMatchObject({ state: 'running', filesDone: 0 });
  });

  it.each(requests.slice(0, 4))('%s from another site', async (_, send) => {
    await signInAs(people.admin);
    const strangers: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      {},
    ];
    for (const headers of strangers) expect((await send(id, headers)).status).toBe(403);
    expect(await state()).toEqual(before);
  });

  it("uses another sandbox's job", async () => {
    await signInAs(people.stranger);
    expect((await part(post(place(id), ann), params('theirs'))).status).toBe(409);
    expect((await job(post('job', JSON.stringify({ job: id, state: 'cancelled' })), params('theirs'))).status).toBe(
      409,
    );
    expect(await count(theirs)).toBe(0);
    expect(await findLatestImport(ours)).toMatchObject({ state: 'running' });
  });
});

describe('what is no proper request is refused, and nothing is written', () => {
  it.each<[string, () => Request, number]>([
    ['a message that is no JSON', () => post('job', '{'), 400],
    ['an import of no files', () => post('job', '{"files":0,"bytes":1}'), 400],
    ['an import of more than all', () => post('job', '{"files":1,"bytes":1e300}'), 400],
    ['a state there is not', () => post('job', `{"job":"${crypto.randomUUID()}","state":"x"}`), 400],
    ['a long message', () => post('job', `{"files":1,"bytes":1,"x":"${'x'.repeat(70_000)}"}`), 413],
    ['an unknown job', () => post('job', `{"job":"${crypto.randomUUID()}","state":"done"}`), 409],
  ])('%s', async (_, request, status) => {
    await signInAs(people.admin);
    const before = await database().importJob.count();
    expect((await job(request(), params())).status).toBe(status);
    expect(await database().importJob.count()).toBe(before);
  });

  it('a part without its place, of an unknown job, or too large', async () => {
    await signInAs(people.admin);
    const id = await begin();
    const before = await count();
    expect((await part(post('part', ann), params())).status).toBe(400);
    expect((await part(post(place(id, { file: 'x'.repeat(2000) }), ann), params())).status).toBe(400);
    expect((await part(post(place(id, { bytes: '-1' }), ann), params())).status).toBe(400);
    expect((await part(post(place('no uuid'), ann), params())).status).toBe(400);
    expect((await part(post(place(crypto.randomUUID()), ann), params())).status).toBe(409);
    const huge = await part(post(place(id), new Uint8Array(33 * 1024 * 1024)), params());
    expect(huge.status).toBe(413);
    expect(((await huge.json()) as { error: string }).error).toContain('32 MB');
    expect(await count()).toBe(before);
  });

  it('names that SQL and NUL characters would like', async () => {
    await signInAs(people.admin);
    const id = await begin();
    const bob = JSON.stringify({ resourceType: 'Patient', id: 'bob' });
    expect((await part(post(place(id, { file: "'; DROP TABLE resource; --" }), bob), params())).status).toBe(200);
    expect((await part(post(place(id, { file: 'nul\0.json' }), bob), params())).status).toBe(400);
  });
});

it('an administrator downloads every resource of the sandbox, and none of another', async () => {
  await database().resource.count();
  await signInAs(people.admin);
  const answer = await download(new Request(`${env().origin}/ours/admin/import/data`), params());
  expect(answer.headers.get('content-type')).toBe('application/fhir+ndjson');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="ours-\d{4}-\d\d-\d\d\.ndjson"$/);
  const lines = (await answer.text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).id).sort()).toEqual(['ann', 'bob']);
  expect(lines).toHaveLength(await count());
});
