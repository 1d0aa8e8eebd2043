import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  stdout?: 'pipe' | 'inherit';
}

export function startChild(
  program: string,
  args: string[],
  options?: Options,
): ChildProcessByStdio<null, Readable, Readable>;
