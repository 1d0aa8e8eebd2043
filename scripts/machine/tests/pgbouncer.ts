/** A temporary PgBouncer on loopback, in transaction mode, before a PostgreSQL server. For tests. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../free-port.ts';
import { unprivileged } from '../unprivileged.ts';

export interface Pooler {
  /** The address of the same database through the pooler. */
  urlOf(url: string): string;
  version: string;
  stop(): Promise<void>;
}

/**
 * Starts PgBouncer with `settings` beside those of docs/operating.md, before the server of `url`; each pool has three
 * connections to it. Uses the PgBouncer of the system, and installs Debian's where that is missing.
 * @throws Error that says how to provide one if none can be installed, or with its output if it does not start
 */
export async function startPgBouncer(url: string, settings: Record<string, string> = {}): Promise<Pooler> {
  const program = findProgram();
  const home = mkdtempSync(join(tmpdir(), 'ehr-sandbox-pgbouncer-'));
  chmodSync(home, 0o755);
  const { hostname, port: serverPort, username } = new URL(url);
  const port = await freePort();
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: 'transaction',
    default_pool_size: '3',
    ...settings,
  }).map(([name, value]) => `${name} = ${value}`);
  const file = join(home, 'pgbouncer.ini');
  const databases = `[databases]\n* = host=${hostname} port=${serverPort} user=${username}`;
  writeFileSync(file, `${databases}\n\n[pgbouncer]\n${lines.join('\n')}\n`);
  const pooler = spawn(program, ['-q', file], { ...unprivileged(), cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [pooler.stdout, pooler.stderr])
    stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  const stop = async () => {
    const ended = new Promise((resolve) => (pooler.exitCode === null ? pooler.once('exit', resolve) : resolve(null)));
    pooler.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  const urlOf = (server: string) => Object.assign(new URL(server), { port: String(port) }).href;
  if (!(await untilAnswering(urlOf(url), () => pooler.exitCode !== null))) {
    await stop();
    throw new Error(`PgBouncer does not answer on port ${port}:\n${said}`);
  }
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
  return { urlOf, version, stop };
}

async function untilAnswering(url: string, hasEnded: () => boolean): Promise<boolean> {
  for (let attempt = 0; attempt < 300 && !hasEnded(); attempt++) {
    const client = new Client({ connectionString: url });
    const answers = await client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
    if (answers) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/** The path of the system's PgBouncer, which Debian puts where only root looks. */
function findProgram(): string {
  const found = present();
  if (found) return found;
  installDebians();
  const installed = present();
  if (installed) return installed;
  throw new Error(
    'The tests of poolers need PgBouncer and it could not be installed. Install it, such as with "apt-get install pgbouncer" or "brew install pgbouncer".',
  );
}

function present(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/opt/homebrew/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path));
}

function installDebians(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: 'inherit', env: environment } as const;
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'pgbouncer'], options);
}
