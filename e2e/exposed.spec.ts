/** A server whose database was made on loopback, and that others can reach from now on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIRequestContext, expect, test } from '@playwright/test';
import { people } from './fixtures/people.ts';
import { freePort, type Server, serving, signalAll, start } from './fixtures/server.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

const dataDir = mkdtempSync(join(tmpdir(), 'ehr-sandbox-exposed-'));
const publicUrl = 'http://ehr.example';
let port: number;
let server: Server;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  port = await freePort();
  const before = await serving(start(dataDir, port));
  expect(before.printed()).toContain(people.clinician.password);
  await end(before);
  server = await serving(start(dataDir, port, [], { PUBLIC_URL: publicUrl }));
});

test.afterAll(async () => {
  await end(server);
  rmSync(dataDir, { recursive: true, force: true });
});

async function end(ended: Server): Promise<void> {
  signalAll(ended, 'SIGTERM');
  await ended.ended;
}

/** Where a sign-in leads, as a path with its query. */
async function signIn(context: APIRequestContext, username: string, password: string): Promise<string> {
  const origin = `http://localhost:${port}`;
  const { csrfToken } = await (await context.get(`${origin}/api/auth/csrf`)).json();
  const answer = await context.post(`${origin}/api/auth/callback/credentials`, {
    form: { username, password, csrfToken, callbackUrl: '/demo/patients' },
    maxRedirects: 0,
  });
  return (answer.headers().location ?? '').replace(publicUrl, '');
}

/** Whether something answers at this address of the machine. */
function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ host, port, path: '/health' }, (response) => resolve(response.resume().complete || true));
    sent.on('error', () => resolve(false)).end();
  });
}

test('the published passwords open nothing any more, and the new ones are printed', async ({ request: context }) => {
  expect(server.printed()).not.toContain(people.clinician.password);
  const [, password = ''] = /^ +clinician +(\S{16})$/m.exec(server.printed()) ?? [];
  const refused = await signIn(context, people.clinician.username, people.clinician.password);
  expect(refused).toMatch(/^\/sign-in\?.*error=published/);
  expect(await signIn(context, people.clinician.username, password)).toBe('/demo/patients');
});

test('it is reached on loopback only, as nobody has said otherwise', async () => {
  expect(await answers('127.0.0.1')).toBe(true);
  expect(await answers('127.0.0.2')).toBe(false);
  expect(server.printed()).toContain(
    `It listens on 127.0.0.1:${port} and [::1]:${port}; HOST chooses another address.`,
  );
});

test('the passwords are printed once', async () => {
  await end(server);
  server = await serving(start(dataDir, port, [], { PUBLIC_URL: publicUrl, HOST: '0.0.0.0' }));
  expect(server.printed()).not.toContain('New ones');
  expect(await answers('127.0.0.2')).toBe(true);
});
