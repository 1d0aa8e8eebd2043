/** The server under test: a process of its own against a PostgreSQL of its own, with the shipped sandbox. */
import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../free-port.ts';
import { type PostgresServer, startPostgres } from '../postgres.ts';

export interface BenchServer {
  origin: string;
  postgres: PostgresServer;
  stop(): Promise<void>;
}

/** Starts both and waits until the server answers. @throws Error with the server's output when it ends instead. */
export async function startServer(): Promise<BenchServer> {
  const postgres = await startPostgres();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, ['scripts/serve.ts', '--sandbox', 'prisma/seed/demo.json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: String(port), PUBLIC_URL: origin, DATABASE_URL: postgres.url, NODE_ENV: 'production' },
  });
  try {
    await untilServing(server);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await postgres.stop();
  };
  return { origin, postgres, stop };
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
