import { FhirError, quote } from '#lib/fhir/fhir-error.ts';
import type { IssueCode } from '#lib/fhir/operation-outcome.ts';

/** The error for a refused write, with the `Type/id` of its resource. */
export class WriteRefusal extends FhirError {
  readonly subject: string;

  constructor(subject: string, status: number, issueCode: IssueCode, diagnostics: string) {
    super(status, issueCode, diagnostics);
    this.subject = subject;
  }
}

/** The one refusal for a resource that does not exist and for one out of reach, so that ids cannot be guessed. */
export function unreachable(name: string): WriteRefusal {
  return new WriteRefusal(name, 404, 'not-found', `There is no ${name}, or it is not within what you may write.`);
}

/** @see https://hl7.org/fhir/R4/http.html#cond-update */
export function takenId(name: string): WriteRefusal {
  return new WriteRefusal(name, 409, 'conflict', `${name} is there already, and does not meet the condition.`);
}

/**
 * The refusal of a new version, for the reason that `why` tells of `what` is written. A new resource under an id of the
 * writer's choice is answered like a stored one out of reach.
 */
export function refusedVersion(
  name: string,
  { verb, isNew }: { verb: string; isNew: boolean },
  why: (what: string) => string,
): WriteRefusal {
  if (verb === 'u' && isNew) return unreachable(name);
  const what = verb === 'c' ? 'The new resource' : `The new version of ${name}`;
  return new WriteRefusal(name, 403, 'forbidden', why(what));
}

/**
 * Refuses a write when `ifMatch` names another version than the stored one.
 * @throws WriteRefusal 412
 * @see https://hl7.org/fhir/R4/http.html#concurrency
 */
export function requireVersion(
  name: string,
  stored: { version_id: number; deleted: boolean } | undefined,
  ifMatch: string | undefined,
): void {
  if (ifMatch === undefined) return;
  if (stored && !stored.deleted && ifMatch === String(stored.version_id)) return;
  const is =
    stored && !stored.deleted
      ? `is at version ${stored.version_id}`
      : 'does not exist, or is not within what you may write';
  throw new WriteRefusal(name, 412, 'conflict', `${name} ${is}, and If-Match names version ${quote(ifMatch)}.`);
}
