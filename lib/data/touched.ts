import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from '#lib/work/process-wide.ts';

/** The resources that a request has read or written so far, and facts about it that its URL does not show. */
export interface Touched {
  /** Compartments of patients as `{sandbox id}/{patient id}`. */
  patients: Set<string>;
  /** Resources as `Type/id`. */
  resources: Set<string>;
  /** The parameters of a search that came in the body. */
  form?: string;
  /** The type of the posted Bundle. */
  bundle?: 'batch' | 'transaction';
  /** The highest HTTP status among the entries of a batch; the batch itself gets 200. */
  worst?: number;
}

/** A resource that is read from the database or written to it. */
interface TouchedRow {
  resourceType: string;
  id: string;
  /** Compartments, as in the column `resource.patients`. */
  patients: readonly string[];
}

const storage = processWide('touched', () => new AsyncLocalStorage<Touched>());

/** The empty record of a request that begins. */
export function nothingTouched(): Touched {
  return { patients: new Set(), resources: new Set() };
}

/** Runs `work`, and adds to `touched` every resource that is read or written on its behalf, however deep. */
export function touching<T>(touched: Touched, work: () => Promise<T>): Promise<T> {
  return storage.run(touched, work);
}

/**
 * Adds resources to what the current request has touched; every function that reads or writes resources must call it.
 */
export function noteTouched(rows: readonly TouchedRow[]): void {
  const touched = storage.getStore();
  if (touched) add(touched, rows);
}

/** The record of exactly these resources. */
export function touchedOf(rows: readonly TouchedRow[]): Touched {
  const touched = nothingTouched();
  add(touched, rows);
  return touched;
}

function add(touched: Touched, rows: readonly TouchedRow[]): void {
  for (const { resourceType, id, patients } of rows) {
    touched.resources.add(`${resourceType}/${id}`);
    for (const patient of patients) touched.patients.add(patient);
  }
}

/** Adds further facts about the current request. */
export function noteRequest(facts: Partial<Pick<Touched, 'form' | 'bundle' | 'worst'>>): void {
  const touched = storage.getStore();
  if (touched) Object.assign(touched, facts, { worst: Math.max(touched.worst ?? 0, facts.worst ?? 0) });
}
