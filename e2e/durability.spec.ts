import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { authorizeUrl, pkce, postLaunch } from './fixtures/launches.ts';
import { people } from './fixtures/people.ts';
import { freePort, holderOf, isAlive, type Server, serving, signalAll, start } from './fixtures/server.ts';

const riverside = ['e2e/fixtures/hospital.json'];
const child = { client_id: 'bilirubin_chart', patient: 'river-baby' };

let folder: string;
let dataDir: string;
let port: number;
let started: Server[];

// Each test starts the server several times, perhaps on a machine that is busy with other tests.
test.describe.configure({ timeout: 180_000 });

/** The data of a server that has loaded the sandbox of these journeys: each begins with a copy. */
const prepared = mkdtempSync(join(tmpdir(), 'ehr-sandbox-prepared-'));

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const server = await serving(start(prepared, await freePort(), riverside));
  signalAll(server, 'SIGTERM');
  expect(await server.ended).toBe(0);
});
test.afterAll(() => rmSync(prepared, { recursive: true }));

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-durability-'));
  dataDir = join(folder, 'data');
  cpSync(prepared, dataDir, { recursive: true });
  port = await freePort();
  started = [];
});

test.afterEach(async () => {
  for (const server of started) signalAll(server, 'SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(folder, { recursive: true });
});

function run(files: string[] = [], on: number = port): Server {
  const server = start(dataDir, on, files);
  started.push(server);
  return server;
}

/** The id of the process that serves and holds the database; it is a child of the one that was started. */
function databaseHolder(): number {
  const pid = holderOf(dataDir);
  if (!pid) throw new Error('Nobody holds the database.');
  return pid;
}

async function signIn(request: APIRequestContext, origin: string): Promise<void> {
  const { csrfToken } = await (await request.get(`${origin}/api/auth/csrf`)).json();
  await request.post(`${origin}/api/auth/callback/credentials`, {
    form: { ...people.stranger, csrfToken, callbackUrl: `${origin}/riverside/patients` },
    headers: { origin },
  });
  expect(await (await request.get(`${origin}/api/auth/session`)).json()).toHaveProperty('user');
}

/** Sends an authorization request, and answers the parameters of the app's redirect. */
async function authorize(request: APIRequestContext, origin: string, launch: string, challenge: string) {
  const answer = await request.get(authorizeUrl(origin, { launch, code_challenge: challenge }, 'riverside'));
  return new URL(answer.url()).searchParams;
}

async function accessToken(request: APIRequestContext, origin: string, code: string, verifier: string) {
  const answer = await request.post(`${origin}/riverside/oauth/token`, {
    form: {
      grant_type: 'authorization_code',
      client_id: child.client_id,
      redirect_uri: `${origin}/samples/bilirubin-chart/`,
      code,
      code_verifier: verifier,
    },
  });
  expect(answer.status()).toBe(200);
  return (await answer.json()).access_token as string;
}

test('kill -9 loses nothing committed', async ({ playwright }) => {
  const first = await serving(run());
  const { origin } = first;
  const request = await playwright.request.newContext();
  await signIn(request, origin);
  const opened = await postLaunch(request, origin, 'riverside', child);
  const launch = opened.searchParams.get('launch') ?? '';
  const { verifier, challenge } = pkce();
  const code = (await authorize(request, origin, launch, challenge)).get('code') ?? '';
  const token = await accessToken(request, origin, code, verifier);

  process.kill(databaseHolder(), 'SIGKILL');
  expect(await first.ended).not.toBe(0);

  await serving(run());
  const patient = await request.get(`${origin}/riverside/fhir/Patient/river-baby`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(patient.status()).toBe(200);
  expect(await patient.json()).toMatchObject({ resourceType: 'Patient', id: 'river-baby' });
  const again = await authorize(request, origin, launch, challenge);
  expect(again.get('error')).toBe('invalid_request');
  expect(again.get('error_description')).toMatch(/already used/);
  expect(again.has('code')).toBe(false);
  await request.dispose();
});

test('the serving process ends by itself when the one that started it is killed', async () => {
  const server = await serving(run());
  const holder = databaseHolder();
  expect(holder).not.toBe(server.process.pid);
  server.process.kill('SIGKILL');
  await expect.poll(() => isAlive(holder)).toBe(false);
  expect(holderOf(dataDir)).toBeUndefined();
});

test('a second process is kept out of the data folder', async () => {
  const { origin } = await serving(run());
  const second = run([], await freePort());
  expect(await second.ended).toBe(1);
  expect(second.printed()).toContain(`The embedded database in ${dataDir} is in use by process ${databaseHolder()}`);
  expect(second.printed()).toMatch(/DATA_DIR/);
  expect((await fetch(`${origin}/riverside/fhir/metadata`)).status).toBe(200);
});

for (const [how, send] of [
  ['Ctrl-C', (server: Server) => signalAll(server, 'SIGINT')],
  ['SIGINT to the command alone', (server: Server) => server.process.kill('SIGINT')],
  ['SIGTERM to the command alone', (server: Server) => server.process.kill('SIGTERM')],
] as const) {
  test(`${how} ends it cleanly`, async () => {
    const server = await serving(run());
    send(server);
    expect(await server.ended).toBe(0);
    expect(server.printed()).toContain('Stopped.');
    expect(holderOf(dataDir)).toBeUndefined();
  });
}

test('what was asked just before the end is in the audit log after it', async ({ request }) => {
  const server = await serving(run());
  await signIn(request, server.origin);
  expect((await request.get(`${server.origin}/riverside/patients/river-baby`)).status()).toBe(200);
  signalAll(server, 'SIGINT');
  expect(await server.ended).toBe(0);
  const again = await serving(run());
  const log = await request.get(`${again.origin}/riverside/admin/audit?patient=river-baby`);
  expect(await log.text()).toContain('Chart opened');
});

test('a taken port is named, with another one to try', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  const server = run();
  expect(await server.ended).toBe(1);
  expect(server.printed()).toContain(`Port ${port} is taken by another program. Choose another: PORT=${port + 1}`);
  expect(holderOf(dataDir)).toBeUndefined();
  other.close();
});

test('a sandbox file with a mistake is refused whole, and the others are served', async () => {
  const file = join(folder, 'broken.json');
  writeFileSync(join(folder, 'good.ndjson'), '{"resourceType":"Patient","id":"good"}\n');
  writeFileSync(
    file,
    JSON.stringify({
      slug: 'broken',
      name: 'Broken Ward',
      users: [
        { username: 'ann', name: 'Ann', password: 'long enough', role: 'clinician' },
        { username: 'bob', name: 'Bob', password: 'long enough', role: 'surgeon' },
      ],
      data: ['good.ndjson'],
    }),
  );
  const server = await serving(run([file]));
  expect(server.printed()).toMatch(/\$\.users\[1\]\.role: .*clinician/);
  expect(server.printed()).toContain(`Not loaded, for the reasons told above: ${file}`);
  const { origin } = server;
  expect((await fetch(`${origin}/broken/fhir/metadata`)).status).toBe(404);
  expect((await fetch(`${origin}/riverside/fhir/metadata`)).status).toBe(200);
});
