/** A process that is told to end, over real connections and by real signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface Serving {
  child: ChildProcess;
  port: number;
  /** Resolves when the process has printed this. */
  said(line: string | RegExp): Promise<string>;
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: string | null }>;
}

async function serve(database: 'answers' | 'hangs' = 'answers', seconds = 20, script = 'serving.ts'): Promise<Serving> {
  const variables = { SHUTDOWN_SECONDS: String(seconds), LOG_FORMAT: 'json', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [`scripts/ending/tests/${script}`, database], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...variables },
  });
  started.push(child);
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const said = linesOf(child);
  const port = Number((await said(/^port \d+$/)).slice(5));
  return { child, port, said, ended };
}

function linesOf(child: ChildProcess): Serving['said'] {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const one of waiting) one();
  };
  if (!child.stdout) throw new Error('Nothing can be read.');
  createInterface(child.stdout)
    .on('line', (line) => {
      lines.push(line);
      look();
    })
    .on('close', look);
  return (wanted) => {
    const found = Promise.withResolvers<string>();
    const one = () => {
      const line = lines.find((each) => (typeof wanted === 'string' ? each === wanted : wanted.test(each)));
      if (line !== undefined) found.resolve(line);
    };
    waiting.add(one);
    one();
    return found.promise;
  };
}

async function ask({ port }: Serving, path: string, agent?: Agent): Promise<IncomingMessage> {
  const sent = request({ host: '127.0.0.1', port, path, ...(agent ? { agent } : {}) }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}

async function connected({ port }: Serving): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  await once(socket, 'connect');
  return socket;
}

describe('a process that is told to end', () => {
  it('finishes what is under way, closes everything else, writes, and ends with 0', async () => {
    const serving = await serve();
    const silent = once(await connected(serving), 'close');
    const first = await ask(serving, '/', new Agent({ keepAlive: true }));
    const idle = once(first.socket, 'close');
    await text(first);
    const waits = ask(serving, '/waits', new Agent({ keepAlive: true }));
    const streams = await ask(serving, '/streams', new Agent({ keepAlive: true }));
    await serving.said('reached /waits');
    serving.child.kill('SIGTERM');
    const answer = await waits;
    expect([answer.headers.connection, await text(answer)]).toEqual(['close', 'the whole answer']);
    expect(await text(streams)).toBe('the beginning and the end');
    await Promise.all([silent, idle]);
    expect(await serving.ended).toEqual({ code: 0, signal: null });
    await serving.said('the background: The process ends.');
    await serving.said('the database is given the audit log');
    await serving.said('the database is closed');
    await expect(ask(serving, '/')).rejects.toThrow('ECONNREFUSED');
  });

  it('ends in time when the database hangs, and says with 1 that something was not written', async () => {
    const serving = await serve('hangs');
    const began = performance.now();
    serving.child.kill('SIGTERM');
    expect(await serving.ended).toEqual({ code: 1, signal: null });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('cuts a request that takes longer than SHUTDOWN_SECONDS, and says so with 1', async () => {
    const serving = await serve('answers', 0);
    const never = ask(serving, '/never');
    await serving.said('reached /never');
    serving.child.kill('SIGINT');
    await expect(never).rejects.toThrow('socket hang up');
    expect(await serving.ended).toEqual({ code: 1, signal: null });
    await serving.said('the database is given the audit log');
  });

  it('ends at once when it is told a second time', async () => {
    const serving = await serve();
    const never = ask(serving, '/never').catch(() => 'cut');
    await serving.said('reached /never');
    // Ctrl-C comes twice, from the terminal and from npm; what comes later is a second one.
    const timer = setInterval(() => serving.child.kill('SIGTERM'), 50);
    expect(await serving.ended).toEqual({ code: 143, signal: null });
    clearInterval(timer);
    expect(await never).toBe('cut');
  });

  it('ends when the process that started it has gone', async () => {
    const serving = await serve();
    serving.child.disconnect();
    expect(await serving.ended).toEqual({ code: 0, signal: null });
  });
});

describe('a process that does not serve yet', () => {
  it('ends at once by a signal that it handles, as the first process of a container must', async () => {
    // A database that accepts and says nothing: the start waits for it.
    const database = createServer().listen(0, '127.0.0.1');
    await once(database, 'listening');
    const { port } = database.address() as AddressInfo;
    const child = spawn(process.execPath, ['scripts/serve.ts', '--built'], {
      stdio: 'ignore',
      env: { ...process.env, DATABASE_URL: `postgresql://ehr@127.0.0.1:${port}/ehr` },
    });
    started.push(child);
    const ended = once(child, 'exit');
    await once(database, 'connection');
    child.kill('SIGTERM');
    expect(await ended).toEqual([143, null]);
    database.close();
  });
});

describe('the process that npm starts', () => {
  it('hands signals on, waits for the end, and ends with the same code', async () => {
    const serving = await serve('hangs', 20, 'parent.mjs');
    const waits = ask(serving, '/waits');
    await serving.said('reached /waits');
    serving.child.kill('SIGTERM');
    expect(await text(await waits)).toBe('the whole answer');
    expect(await serving.ended).toEqual({ code: 1, signal: null });
  });
});
