import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ChosenFile } from './file-parts.ts';
import { requestsTo } from './import-requests.ts';
import { type ImportPhase, type ImportState, idle, withPart } from './import-state.ts';
import { type SentPart, sendFiles } from './send-files.ts';

/** The means to pause and end a running import; each choice of files gets its own. */
interface Run {
  job: string;
  stop: AbortController;
  clock: { began: number; ran: number };
  goOn?: () => void;
  going: Promise<void>;
}

/**
 * The state of an import of chosen files, and the functions that control it; `base` is the address of the import page.
 */
export function useImport(base: string) {
  const [state, setState] = useState(idle);
  const run = useRef<Run>(undefined);
  const requests = useMemo(() => requestsTo(base), [base]);
  const enter = useCallback(
    (phase: ImportPhase, more: Partial<ImportState> = {}) => setState((before) => ({ ...before, ...more, phase })),
    [],
  );

  useEffect(() => () => run.current?.stop.abort(), []);

  const start = useCallback(
    async (files: ChosenFile[]) => {
      const begun = begin(files);
      setState(begun);
      try {
        const job = await requests.start(begun.files, begun.bytes);
        const own = newRun(job);
        run.current = own;
        const onPart = (part: SentPart) => setState((before) => withPart(before, part, elapsedOf(own)));
        await sendFiles(files, requests, { job, signal: own.stop.signal, whenGoing: () => own.going, onPart });
        await requests.tell(job, 'done');
        enter('done');
      } catch (error) {
        if (!run.current?.stop.signal.aborted) enter('stopped', { failure: (error as Error).message });
      }
    },
    [requests, enter],
  );

  const tell = (phase: 'running' | 'paused' | 'cancelled') => {
    const job = run.current?.job;
    // A failure is ignored: it only means that the page shows another phase after a reload.
    if (job) requests.tell(job, phase).catch(() => {});
    enter(phase);
  };

  return {
    state,
    start,
    pause() {
      if (run.current) hold(run.current);
      tell('paused');
    },
    resume() {
      if (run.current) release(run.current);
      tell('running');
    },
    cancel() {
      run.current?.stop.abort();
      run.current?.goOn?.();
      tell('cancelled');
    },
  };
}

function begin(files: ChosenFile[]): ImportState {
  return { ...idle, phase: 'running', files: files.length, bytes: files.reduce((sum, { file }) => sum + file.size, 0) };
}

function newRun(job: string): Run {
  return { job, stop: new AbortController(), clock: { began: Date.now(), ran: 0 }, going: Promise.resolve() };
}

function elapsedOf({ clock }: Run): number {
  return clock.ran + (Date.now() - clock.began);
}

function hold(run: Run): void {
  run.clock.ran = elapsedOf(run);
  run.going = new Promise((resolve) => {
    run.goOn = resolve;
  });
}

function release(run: Run): void {
  run.clock.began = Date.now();
  run.goOn?.();
  run.going = Promise.resolve();
}
