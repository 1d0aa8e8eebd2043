import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A server that was started, and what it has printed. */
export interface Serving {
  process: ChildProcess;
  printed(): string;
  /** Sends SIGTERM and waits for the end. @returns the exit code; null after a signal that nobody handled */
  stop(): Promise<number | null>;
}

interface Begun {
  command: string[];
  cwd: string;
  variables: Record<string, string>;
  /** Both are the ids that the process runs under; those of this process when absent. */
  uid?: number;
  gid?: number;
}

/** Starts a server, with no variables but those that are given, and waits until it says its address. */
export async function serve({ command: [program = '', ...words], cwd, variables, ...ids }: Begun): Promise<Serving> {
  const { PATH } = process.env;
  const child = spawn(program, words, {
    ...ids,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, NODE_ENV: 'production', ...variables },
  });
  let printed = '';
  const ended = once(child, 'close').then(([code]) => code as number | null);
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk;
        if (printed.includes('Ctrl-C ends it.')) resolve();
      });
    }
    ended.then((code) => reject(new Error(`The server ended with code ${code}:\n${printed}`)), reject);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { process: child, printed: () => printed, stop };
}
