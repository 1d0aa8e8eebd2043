'use client';

import { useEffect, useState } from 'react';
import { describeFailure, type Failure } from './failure.ts';

/** State of a page's data: loading, loaded, or failed with words for the user. */
export type Loaded<T> = { state: 'loading' } | { state: 'loaded'; value: T } | { state: 'failed'; failure: Failure };

type Load<T> = (signal: AbortSignal) => Promise<T>;

/** Runs `load` whenever it changes. A result is only ever shown for the `load` that produced it. */
export function useLoaded<T>(load: Load<T>): Loaded<T> {
  const [answer, setAnswer] = useState<{ to: Load<T>; loaded: Loaded<T> } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const settle = (loaded: Loaded<T>) => {
      if (!abort.signal.aborted) setAnswer({ to: load, loaded });
    };
    load(abort.signal).then(
      (value) => settle({ state: 'loaded', value }),
      (error: unknown) => settle({ state: 'failed', failure: describeFailure(error) }),
    );
    return () => abort.abort();
  }, [load]);
  return answer?.to === load ? answer.loaded : { state: 'loading' };
}
