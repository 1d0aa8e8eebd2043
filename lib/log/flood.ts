/** Keeps one trouble, such as a database that is away, from filling the log. */

/** How many lines that are alike are written in a time. */
export interface Rate {
  lines: number;
  /** In milliseconds. */
  per: number;
  /** What tells apart lines that have the same message. */
  kind?: string;
}

export const usualRate: Rate = { lines: 5, per: 60_000 };

/** For trouble that passes, of which nobody needs to know more than that it lasts. */
export const whileItLasts: Rate = { lines: 1, per: 5000 };

interface Window {
  until: number;
  written: number;
  leftOut: number;
}

/** So many kinds of lines are told apart; beyond that, the oldest kind is forgotten. */
const maxKinds = 500;

/** Counts lines by kind, and says which are to be written. */
export class Flood {
  readonly #windows = new Map<string, Window>();

  /**
   * Whether a line of this kind is written now, and how many were left out since the last that was.
   * @param onLeftOut called for the first that is left out, with the time after which `leftOut` tells how many there were
   */
  admits(kind: string, rate: Rate, now: number, onLeftOut?: (after: number) => void): { leftOut: number } | undefined {
    const window = this.#windowOf(kind, rate, now);
    if (window.written < rate.lines) {
      window.written += 1;
      const { leftOut } = window;
      window.leftOut = 0;
      return { leftOut };
    }
    window.leftOut += 1;
    if (window.leftOut === 1) onLeftOut?.(window.until - now);
    return undefined;
  }

  /** How many of this kind were left out and not told yet; after this they are. */
  leftOut(kind: string): number {
    const window = this.#windows.get(kind);
    const { leftOut = 0 } = window ?? {};
    if (window) window.leftOut = 0;
    return leftOut;
  }

  #windowOf(kind: string, { per }: Rate, now: number): Window {
    const before = this.#windows.get(kind);
    if (before && now < before.until) return before;
    const window = { until: now + per, written: 0, leftOut: before?.leftOut ?? 0 };
    this.#windows.delete(kind);
    this.#windows.set(kind, window);
    const [oldest] = this.#windows.size > maxKinds ? this.#windows.keys() : [];
    if (oldest !== undefined) this.#windows.delete(oldest);
    return window;
  }
}
