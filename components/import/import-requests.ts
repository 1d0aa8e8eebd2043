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

/** How many times a request is sent to a server that is busy. */
const maxTries = 10;

async function ask(url: string, init: RequestInit, tries = maxTries): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', ...init }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Error('The server cannot be reached.');
  });
  if (response.status === 503 && tries > 1) {
    await pause(response, init.signal);
    return ask(url, init, tries - 1);
  }
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok) return answer;
  throw new Error(typeof answer.error === 'string' ? answer.error : `The server answered ${response.status}.`);
}

/** Waits as long as a busy server asks to. @throws the reason of `signal` when it is aborted before */
function pause({ headers }: Response, signal?: AbortSignal | null): Promise<void> {
  const seconds = Number(headers.get('Retry-After')) || 5;
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener('abort', leave, { once: true });
  });
}

/** The SHA-256 digest in the server's notation; undefined where the browser has no Web Crypto, as over plain http. */
export async function digestOf(data: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
