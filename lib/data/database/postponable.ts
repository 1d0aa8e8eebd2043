import { setTimeout } from 'node:timers/promises';
import { FhirError, isFhirError } from '#lib/fhir/fhir-error.ts';

/**
 * A refusal that may be gone once something is done for which the transaction must not stay open: it is undone, and its
 * work run again afterwards.
 */
export class Postponable extends FhirError {
  /** Resolves when it is done; undefined when waiting would change nothing. Never rejects. */
  readonly until: Promise<void> | undefined;

  constructor(status: number, code: FhirError['issueCode'], diagnostics: string, until?: Promise<void>) {
    super(status, code, diagnostics);
    this.until = until;
  }
}

/** What `thrown` waits for, even if the bundler has loaded the class twice. */
export function postponement(thrown: unknown): Promise<void> | undefined {
  return isFhirError(thrown) && 'until' in thrown && thrown.until instanceof Promise ? thrown.until : undefined;
}

/** The longest time that anybody waits, in milliseconds. */
const maxWait = 5000;

/** Waits until something is done, but not for long. */
export async function waitFor(until: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const over = setTimeout(maxWait, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([until, over]);
  timer.abort();
}
