import type { FilePart } from './file-parts.ts';

/** A mistake in a file: where, and what. */
export interface ImportProblem {
  file: string;
  path: string;
  reason: string;
}

/** What came of a part. */
export interface PartAnswer {
  skipped: boolean;
  created: number;
  updated: number;
  unchanged: number;
  problems: ImportProblem[];
}

/** The requests that an import is made of; each throws an Error in words for the person in front of the page. */
export interface ImportRequests {
  start(files: number, bytes: number): Promise<string>;
  /** Which of these digests the sandbox holds. */
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

/** SHA-256 as the server writes it; undefined where the browser does not offer it, as over plain http. */
export async function digestOf(data: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
