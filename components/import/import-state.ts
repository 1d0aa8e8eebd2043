import type { ImportProblem } from './import-requests.ts';
import type { SentPart } from './send-files.ts';

export type ImportPhase = 'idle' | 'running' | 'paused' | 'stopped' | 'cancelled' | 'done';

/** An import as the page shows it. */
export interface ImportState {
  phase: ImportPhase;
  files: number;
  filesDone: number;
  bytes: number;
  bytesDone: number;
  resources: number;
  skipped: number;
  /** The first problems; every one of the `refused` parts has some. */
  problems: ImportProblem[];
  refused: number;
  /** How many milliseconds it has run, without pauses. */
  elapsed: number;
  /** The reason, if it stopped by itself. */
  failure?: string;
}

export const idle: ImportState = {
  phase: 'idle',
  files: 0,
  filesDone: 0,
  bytes: 0,
  bytesDone: 0,
  resources: 0,
  skipped: 0,
  problems: [],
  refused: 0,
  elapsed: 0,
};

/** The most problems that the page lists. */
const maxProblems = 100;

/** The state after one more part, `elapsed` milliseconds after the start. */
export function withPart(state: ImportState, part: SentPart, elapsed: number): ImportState {
  return {
    ...state,
    elapsed,
    filesDone: state.filesDone + (part.last ? 1 : 0),
    bytesDone: state.bytesDone + part.bytes,
    resources: state.resources + part.created + part.updated + part.unchanged,
    skipped: state.skipped + (part.skipped ? 1 : 0),
    problems: [...state.problems, ...part.problems].slice(0, maxProblems),
    refused: state.refused + (part.problems.length > 0 ? 1 : 0),
  };
}

/** Resources per second and the seconds left; undefined while there is too little to estimate them. */
export function paceOf({
  resources,
  bytes,
  bytesDone,
  elapsed,
}: ImportState): { rate: number; left: number } | undefined {
  if (elapsed < 500 || bytesDone === 0) return undefined;
  const seconds = elapsed / 1000;
  return { rate: Math.round(resources / seconds), left: Math.round((seconds * (bytes - bytesDone)) / bytesDone) };
}

/** A number of bytes in a unit that people read easily. */
export function readableBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const mebibytes = bytes / 1024 / 1024;
  return mebibytes < 1 ? `${Math.round(bytes / 1024)} KB` : `${mebibytes.toFixed(mebibytes < 100 ? 1 : 0)} MB`;
}
