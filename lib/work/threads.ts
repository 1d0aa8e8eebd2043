import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { FairQueue } from './fair-queue.ts';
import { processWide } from './process-wide.ts';
import { clientGone } from './waiting-client.ts';

/** Limits on threads of one kind. */
interface ThreadLimits {
  /** The process has these threads once, whichever copy of a module asks them. */
  name: string;
  /** The TypeScript source that each runs, from the root of the checkout: Node runs it as it is, no bundler sees it. */
  source: string;
  /** How many there are at most. */
  maxThreads: number;
  /** How many questions of one lane may wait. */
  maxWaiting: number;
  /** How long one question may take, in milliseconds; a thread that takes longer is ended. */
  maxTime: number;
  /** How much memory one may take in megabytes; a thread that takes more is ended. */
  maxMegabytes: number;
  /** The error for a question that finds its lane full. */
  full: () => Error;
}

/** Thrown when a question took too long, or too much memory. */
export class ThreadExhausted extends Error {}

/** A thread without a question ends after this time, in milliseconds, and gives its memory back. */
const maxIdle = 60_000;

interface Thread {
  worker: Worker;
  ending?: NodeJS.Timeout;
}

/**
 * Threads for work that would hold the process. Each answers one question at a time: it gets a message, and posts one.
 * They begin when there is something to do, and end when there has been nothing for a while. Lanes take turns.
 */
export class Threads {
  readonly #limits: ThreadLimits;
  readonly #queue: FairQueue;
  readonly #idle: Thread[];

  constructor(limits: ThreadLimits) {
    const { name, maxThreads: maxAtOnce, maxWaiting, full } = limits;
    this.#limits = limits;
    this.#queue = new FairQueue({ name: `threads.${name}`, maxAtOnce, maxWaiting, full });
    this.#idle = processWide(`threads.${name}`, (): Thread[] => []);
  }

  /**
   * Asks a thread when it is the lane's turn. When the client goes, the question is given up.
   * @throws ThreadExhausted for a question that took too much, the queue's own error for too many in one lane
   */
  async ask<Answer>(lane: string, question: unknown): Promise<Answer> {
    const gone = clientGone();
    return this.#queue.run(lane, () => this.#answer<Answer>(question, gone), gone);
  }

  async #answer<Answer>(question: unknown, gone: AbortSignal | undefined): Promise<Answer> {
    const thread = this.#idle.pop() ?? this.#start();
    clearTimeout(thread.ending);
    thread.worker.ref();
    try {
      const answer = await answerOf<Answer>(thread.worker, question, { maxTime: this.#limits.maxTime, gone });
      this.#rest(thread);
      return answer;
    } catch (thrown) {
      void thread.worker.terminate();
      throw thrown;
    }
  }

  #start(): Thread {
    const path = join(/* turbopackIgnore: true */ process.cwd(), this.#limits.source);
    // Not imported: Next's bundler would look for a source at each `new Worker`, and bundle it.
    const threads = process.getBuiltinModule('node:worker_threads');
    const worker = new threads.Worker(path, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.maxMegabytes },
    });
    const thread: Thread = { worker };
    // Without a listener, what goes wrong in a thread ends the process.
    worker.on('error', () => this.#forget(thread));
    return thread;
  }

  #rest(thread: Thread): void {
    this.#idle.push(thread);
    thread.worker.unref();
    thread.ending = setTimeout(() => {
      this.#forget(thread);
      void thread.worker.terminate();
    }, maxIdle).unref();
  }

  #forget(thread: Thread): void {
    const at = this.#idle.indexOf(thread);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}

/** What a thread answers; an error when it fails, takes too much, or nobody waits for it any more. */
async function answerOf<Answer>(
  worker: Worker,
  question: unknown,
  { maxTime, gone }: { maxTime: number; gone: AbortSignal | undefined },
): Promise<Answer> {
  gone?.throwIfAborted();
  const answer = Promise.withResolvers<Answer>();
  const giveUp = () => answer.reject(gone?.reason);
  const fail = (error: Error & { code?: string }) =>
    answer.reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadExhausted('too much memory') : error);
  const timer = setTimeout(() => answer.reject(new ThreadExhausted('too much time')), maxTime);
  worker.once('message', answer.resolve).once('error', fail);
  gone?.addEventListener('abort', giveUp);
  try {
    worker.postMessage(question);
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', answer.resolve).off('error', fail);
    gone?.removeEventListener('abort', giveUp);
  }
}
