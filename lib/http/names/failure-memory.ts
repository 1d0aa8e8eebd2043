/** How many failures are remembered at most; then the oldest is forgotten. */
const maxFailures = 1000;

/** Remembers for a while that something failed, so that it is not tried again and again. */
export class FailureMemory {
  readonly #milliseconds: number;
  readonly #clock: () => number;
  readonly #failures = new Map<string, { error: unknown; until: number }>();

  constructor(milliseconds: number, clock = Date.now) {
    this.#milliseconds = milliseconds;
    this.#clock = clock;
  }

  /** The result of `work`. @throws what it throws, and the same again at once while the failure of `name` is remembered */
  async attempt<T>(name: string, work: () => Promise<T>): Promise<T> {
    const failed = this.#failures.get(name);
    if (failed && failed.until > this.#clock()) throw failed.error;
    this.#failures.delete(name);
    try {
      return await work();
    } catch (error) {
      this.#note(name, error);
      throw error;
    }
  }

  #note(name: string, error: unknown): void {
    const [oldest] = this.#failures.keys();
    if (this.#failures.size >= maxFailures && oldest !== undefined) this.#failures.delete(oldest);
    this.#failures.set(name, { error, until: this.#clock() + this.#milliseconds });
  }
}
