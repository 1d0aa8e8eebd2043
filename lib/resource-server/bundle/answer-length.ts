import { env } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { clientGone } from '#lib/work/waiting-client.ts';

/** Counts the answer to a Bundle, entry by entry, as whoever sends a short Bundle may ask for gigabytes. */
export class AnswerLength {
  readonly #max = env().limits.answerBytes;
  #length = 0;

  /** Counts the answer to an entry, and returns it. */
  add(text: string): string {
    this.#length += Buffer.byteLength(text);
    return text;
  }

  /** Whether no further entry is answered with content. */
  get isFull(): boolean {
    return this.#length >= this.#max;
  }

  /** Refuses an entry that reads. @throws FhirError 413 when the answer is full. */
  requireRoom(): void {
    if (!this.isFull) return;
    const megabytes = this.#max / 1024 / 1024;
    const why = `The answer to this Bundle has reached ${megabytes} MB, the limit of this server (MAX_ANSWER_MB)`;
    throw new FhirError(413, 'too-costly', `${why}: ask for the rest by another request.`);
  }
}

/** Ends the work for a client that has gone before it was answered. @throws FhirError 503, which nobody will read */
export function requireClient(): void {
  if (clientGone()?.aborted) throw new FhirError(503, 'timeout', 'The client has gone before it was answered.');
}
