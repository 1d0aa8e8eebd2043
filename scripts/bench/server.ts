/** The server under test: its own process with the shipped sandbox, and its own PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { freePort } from '#scripts/machine/free-port.ts';
import { type PostgresServer, startPostgres } from '#scripts/machine/postgres.ts';

/** Settings as for a server with a hospital's data; the default of 128 MB is far too small for one. */
const settings = { shared_buffers: '1GB', max_wal_size: '4GB' };

export interface BenchServer {
  origin: string;
  postgres: PostgresServer;
  stop(): Promise<void>;
}

/** A running server process, and how long it took to start. */
export interface Serving {
  origin: string;
  /** Time from the start of the process to the first response. */
  seconds: number;
  /** Resident memory in megabytes, on systems that report it. */
  megabytes(): number | undefined;
  stop(): Promise<void>;
}

/** Starts both and waits until the server responds. @throws Error with the server's output if it exits instead */
export async function startServer(): Promise<BenchServer> {
  const postgres = await startPostgres(settings);
  try {
    const serving = await serve({ DATABASE_URL: postgres.url });
    const stop = async () => {
      await serving.stop();
      await postgres.stop();
    };
    return { origin: serving.origin, postgres, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Starts the built server with the shipped sandbox, on the database that `variables` name. */
export async function serve(variables: Record<string, string>): Promise<Serving> {
  const started = performance.now();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['scripts/serve.ts', '--sandbox', 'prisma/seed/demo.json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: String(port),
      PUBLIC_URL: origin,
      NODE_ENV: 'production',
      ...variables,
    },
  });
  await untilServing(server);
  return {
    origin,
    seconds: (performance.now() - started) / 1000,
    megabytes: () => residentMegabytes(server.pid),
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
    },
  };
}

function residentMegabytes(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

function untilServing(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer) => {
      printed += chunk;
      if (printed.includes('Ctrl-C ends it.')) resolve();
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', (code) => reject(new Error(`The server ended with code ${code}:\n${printed}`)));
  });
}
