/**
 * Tries what docs/operating.md says: its configuration of nginx before two processes on one PostgreSQL, and a backup that
 * is restored. It needs the build, nginx, openssl and PostgreSQL's own tools.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '#scripts/machine/free-port.ts';
import { type PostgresServer, startPostgres } from '#scripts/machine/postgres.ts';
import { type Launched, launchApp, readPatient } from '#scripts/trial/app-launch.ts';
import { clientAddress, type Nginx, startProxy } from '#scripts/trial/nginx.ts';
import { type Serving, serve } from '#scripts/trial/serving.ts';

const missing = ['nginx', 'openssl', 'pg_dump', 'pg_restore'].filter((name) => spawnSync(name, ['--help']).error);
if (missing.length > 0) {
  console.log(`Not tried: this machine has no ${missing.join(', ')}.`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-operating-'));
const ends: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const postgres = await startPostgres();
  ends.push(postgres.stop);
  const ports = [await freePort(), await freePort()];
  const proxy = await startProxy(folder, ports);
  ends.push(proxy.stop);
  // One after the other: the first one fills the database.
  for (const port of ports) await start(postgres.url, port, proxy.origin);
  const launched = await tryProxy(proxy, postgres, ports);
  await tryBackup(postgres, launched, proxy.origin);
} finally {
  for (const end of ends.reverse()) await end();
}

async function start(url: string, port: number, origin: string): Promise<Serving> {
  const variables = { PORT: String(port), PUBLIC_URL: origin, DATABASE_URL: url, TRUSTED_PROXIES: '127.0.0.1' };
  const command = [process.execPath, '--disable-warning=ExperimentalWarning', 'scripts/serve.ts', '--built'];
  const server = await serve({ command, cwd: process.cwd(), variables });
  ends.push(server.stop);
  return server;
}

async function tryProxy(proxy: Nginx, postgres: PostgresServer, ports: number[]): Promise<Launched> {
  const launched = await launchApp(proxy);
  for (const port of ports) await readPatient({ origin: `http://localhost:${port}` }, launched);
  console.log('An app was launched through nginx, and its token opens the patient at both processes.');
  const headers = { 'content-type': 'application/fhir+json', authorization: `Bearer ${launched.accessToken}` };
  const large = {
    method: 'POST',
    headers: { ...headers, 'x-forwarded-for': '203.0.113.9' },
    body: Buffer.alloc(20_000_000, ' '),
  };
  const answer = await proxy.send(`${proxy.origin}/demo/fhir/Patient`, large);
  expectThat(/fhir\+json/.test(answer.headers.get('content-type') ?? ''), `20 MB were answered with ${answer.status}`);
  console.log(`A body that is too large reaches the server, which answers it itself, with ${answer.status}.`);
  const addresses = await addressesIn(postgres.url);
  expectThat(addresses.join() === clientAddress, `The audit log has ${addresses}, not ${clientAddress}`);
  console.log('The audit log has the address that nginx saw, and not the one that the client wrote.');
  return launched;
}

async function tryBackup(postgres: PostgresServer, launched: Launched, origin: string): Promise<void> {
  const dump = join(folder, 'ehr.dump');
  execFileSync('pg_dump', ['--format=custom', `--file=${dump}`, postgres.url], { stdio: 'inherit' });
  await statement(postgres.url, 'CREATE DATABASE restored');
  const url = postgres.url.replace(/\/postgres$/, '/restored');
  execFileSync('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${url}`, dump], { stdio: 'inherit' });
  const port = await freePort();
  await start(url, port, origin);
  await readPatient({ origin: `http://localhost:${port}` }, launched);
  console.log('On a restored backup, the token from before opens the patient.');
}

/** The addresses of the refused write in the audit log, which is written a moment after the answer. */
async function addressesIn(url: string): Promise<string[]> {
  for (let look = 0; look < 100; look++) {
    const rows = await statement(url, `SELECT address FROM audit_event WHERE method = 'POST' AND path = 'Patient'`);
    if (rows.length > 0) return rows.map(({ address }) => String(address));
    await setTimeout(100);
  }
  throw new Error('The refused write is not in the audit log.');
}

async function statement(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
