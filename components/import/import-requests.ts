import type { FilePart } from './file-parts.ts';

/** A problem in a file, and its place. */
export interface ImportProblem {
  file: string;
  path: string;
  reason: string;
}

/** The server's response to a part. */
export interface PartAnswer {
  skipped: boolean;
  created: number;
  updated: number;
  unchanged: number;
  problems: ImportProblem[];
}

/** The requests of an import. Each throws an Error whose message is meant for the person who imports. */
export interface ImportRequests {
  start(files: number, bytes: number): Promise<string>;
  /** The digests of those parts that the sandbox has already imported. */
  known(job: string, parts: { digest: string; part: FilePart }[]): Promise<Set<string>>;
  send(job: string, part: FilePart, signal: AbortSignal): Promise<PartAnswer>;
  tell(job: string, state: 'running' | 'paused' | 'cancelled' | 'done'): Promise<void>;
}

/** The requests to the sandbox whose import page is at `base`. */
export function requestsTo(base: string): ImportRequests {
  const json = (path: string, message: unknown) => ask(`${base}/${path}`, { body: JSON.stringify(message) });
  return {
    start: async (files, bytes) => (await json('job', { files, bytes })).job as string,
    async known(job, parts) {
      const asked = parts.map(({ digest, part: { bytes, last } }) => ({ digest, bytes, last }));
      return new Set((await json('known', { job, parts: asked })).known as string[]);
    },
    async send(job, { name, lines, firstLine, bytes, last, data }, signal) {
      const place = { job, file: name, lines, firstLine, bytes, last };
      const query = new URLSearchParams(Object.entries(place).map(([key, value]) => [key, String(value)]));
      return (await ask(`${base}/part?${query}`, { body: data, signal })) as unknown as PartAnswer;
    },
    tell: async (job, state) => {
      await json('job', { job, state });
    },
  };
}

async function ask(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', ...init }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Error('The server cannot be reached.');
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return answer;
  throw new Error(typeof answer.error === 'string' ? answer.error : `The server answered ${response.status}.`);
}

/** The SHA-256 digest in the server's notation; undefined where the browser has no Web Crypto, as over plain http. */
export async function digestOf(data: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
