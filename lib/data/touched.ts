import { AsyncLocalStorage } from 'node:async_hooks';

/** What a request has read or written so far, and what it said where its URL does not show it. */
export interface Touched {
  /** Compartments of patients, as `{sandbox id}/{patient id}`. */
  patients: Set<string>;
  /** Resources as `Type/id`. */
  resources: Set<string>;
  /** The parameters of a search that came in the body. */
  form?: string;
  /** What kind of Bundle was posted. */
  bundle?: 'batch' | 'transaction';
  /** The worst HTTP status of an entry of a batch, whose own answer is 200. */
  worst?: number;
}

/** A resource that leaves the database or enters it. */
interface TouchedRow {
  resourceType: string;
  id: string;
  /** As the column of `resource` has them. */
  patients: readonly string[];
}

// One for the process, though the bundler may load this module more than once.
const shared = globalThis as typeof globalThis & { [key: symbol]: AsyncLocalStorage<Touched> | undefined };
const key = Symbol.for('ehr-sandbox.touched');

function current(): AsyncLocalStorage<Touched> {
  shared[key] ??= new AsyncLocalStorage<Touched>();
  return shared[key];
}

/** Nothing yet. */
export function nothingTouched(): Touched {
  return { patients: new Set(), resources: new Set() };
}

/** Does `work`, and writes into `touched` which resources it reads and writes, whoever does so on its behalf. */
export function touching<T>(touched: Touched, work: () => Promise<T>): Promise<T> {
  return current().run(touched, work);
}

/** To be called by whatever hands resources out or takes them in. */
export function noteTouched(rows: readonly TouchedRow[]): void {
  const touched = current().getStore();
  if (touched) add(touched, rows);
}

/** These resources, and nothing else. */
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

/** Notes what else is worth knowing of the request at hand. */
export function noteRequest(facts: Partial<Pick<Touched, 'form' | 'bundle' | 'worst'>>): void {
  const touched = current().getStore();
  if (touched) Object.assign(touched, facts, { worst: Math.max(touched.worst ?? 0, facts.worst ?? 0) });
}
