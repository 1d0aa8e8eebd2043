import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a process ended, and what it printed. */
export interface EndedProcess {
  code: number | null;
  signal: NodeJS.Signals | null;
  printed: string;
}

/** Runs a script with Node as a process of its own, with further `variables`, until it ends or is killed. */
export async function runProcess(
  script: string,
  given: string[],
  variables: Record<string, string>,
): Promise<EndedProcess> {
  const child = spawn(process.execPath, [script, ...given], {
    env: { ...process.env, ...variables, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, printed };
}
