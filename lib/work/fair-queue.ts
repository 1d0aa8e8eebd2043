import { processWide } from './process-wide.ts';

/** Limits on work of one kind. */
interface FairQueueLimits {
  /** The process has one queue of this name, whichever copy of a module runs its work in it. */
  name: string;
  /** How many pieces of work run at the same time. */
  maxAtOnce: number;
  /** How many of one lane run at the same time; as many as of all lanes by default. */
  maxInLane?: number;
  /** How many of one lane may wait. */
  maxWaiting: number;
  /** The error for work that finds its lane full. */
  full: () => Error;
}

interface Lane {
  running: number;
  waiting: (() => void)[];
}

interface QueueState {
  /** The lanes in the order of their turns. */
  lanes: Map<string, Lane>;
  running: number;
}

/**
 * Runs work of one kind within limits. Work belongs to a lane, such as a tenant, and the lanes take turns: one piece of
 * work waits for at most one piece of every other lane, however much they have.
 */
export class FairQueue {
  // Only the state is shared: errors are of the classes that this copy of the modules knows.
  readonly #limits: FairQueueLimits;
  readonly #state: QueueState;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
    this.#state = processWide(`queue.${limits.name}`, () => ({ lanes: new Map<string, Lane>(), running: 0 }));
  }

  /**
   * Runs `work` when it is its turn; it waits no longer once `over` is aborted.
   * @throws the queue's own error when too many of its lane wait already, or the reason of `over`
   */
  async run<T>(lane: string, work: () => Promise<T>, over?: AbortSignal): Promise<T> {
    await this.#turn(lane, over);
    try {
      return await work();
    } finally {
      this.#leave(lane);
    }
  }

  /**
   * Lets every other lane have its turn in the middle of work that `run` has begun, and comes back when it is this one's
   * again.
   */
  async pass(lane: string): Promise<void> {
    this.#leave(lane);
    await this.#turn(lane);
  }

  async #turn(name: string, over?: AbortSignal): Promise<void> {
    over?.throwIfAborted();
    const lane = this.#state.lanes.get(name) ?? { running: 0, waiting: [] };
    if (lane.waiting.length >= this.#limits.maxWaiting) throw this.#limits.full();
    this.#state.lanes.set(name, lane);
    const turn = Promise.withResolvers<void>();
    lane.waiting.push(turn.resolve);
    const giveUp = () => {
      lane.waiting = lane.waiting.filter((begin) => begin !== turn.resolve);
      this.#forgetIdle(name, lane);
      turn.reject(over?.reason);
    };
    over?.addEventListener('abort', giveUp);
    this.#begin();
    // An abort after the turn has come, and before this goes on, must change nothing: the work has its place.
    await turn.promise.finally(() => over?.removeEventListener('abort', giveUp));
  }

  #leave(name: string): void {
    this.#state.running -= 1;
    const lane = this.#state.lanes.get(name);
    if (lane) {
      lane.running -= 1;
      this.#forgetIdle(name, lane);
    }
    this.#begin();
  }

  #forgetIdle(name: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.length === 0) this.#state.lanes.delete(name);
  }

  #begin(): void {
    const { maxAtOnce, maxInLane = maxAtOnce } = this.#limits;
    for (const [name, lane] of this.#state.lanes) {
      if (this.#state.running >= maxAtOnce) return;
      const begin = lane.running < maxInLane ? lane.waiting.shift() : undefined;
      if (!begin) continue;
      lane.running += 1;
      this.#state.running += 1;
      // Its next turn comes after those of all others; the loop meets it there again.
      this.#state.lanes.delete(name);
      this.#state.lanes.set(name, lane);
      begin();
    }
  }
}
