import { availableParallelism } from 'node:os';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { exactText } from '#lib/fhir/json/exact-json.ts';
import { error, type ResourceIssue } from '#lib/fhir/validation/resource-issue.ts';
import { findTooMany } from '#lib/fhir/validation/size.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { ThreadExhausted, Threads } from '#lib/work/threads.ts';
import { isLarge } from './weight.ts';

/** What a thread is asked: the issues of a resource, which is JSON text, so that its numbers stay as they were written. */
export interface ValidationQuestion {
  text: string;
  profiles?: string[] | undefined;
}

/** Far longer than any real resource needs. Some invariants of R4 compare each item of a list with every other. */
const maxSeconds = 10;

const threads = new Threads({
  name: 'validation',
  source: 'lib/aside/validation-thread.ts',
  maxThreads: Math.min(2, Math.max(1, availableParallelism() - 1)),
  maxWaiting: 50,
  maxTime: maxSeconds * 1000,
  maxMegabytes: 512,
  full: () =>
    new FhirError(503, 'throttled', 'Too many large resources are being validated. Try again.', { 'Retry-After': '5' }),
});

/**
 * The issues of a resource, as `validateResource` has them. A large one is validated in a thread of its own, so that the
 * process serves others meanwhile; one that takes too long even there gets an issue that says so.
 * @param lane whose resource it is, as large ones of several lanes take turns
 * @param profiles canonical URLs to check against instead of those claimed
 * @throws FhirError 503 when too many of the lane wait already
 */
export async function validateAside(resource: unknown, lane: string, profiles?: string[]): Promise<ResourceIssue[]> {
  const against = profiles ?? claimed(resource);
  const isSmall = !isLarge(resource, 1 + new Set(against).size);
  // What has too many values is refused at the first look, and never copied.
  if (isSmall || findTooMany(resource as object, '')) return validateResource(resource, profiles);
  const question: ValidationQuestion = { text: exactText(resource), profiles };
  try {
    return await threads.ask<ResourceIssue[]>(lane, question);
  } catch (thrown) {
    if (!(thrown instanceof ThreadExhausted)) throw thrown;
    return [
      error('', `It takes ${thrown.message} to validate this resource: more than ${maxSeconds} seconds or 512 MB`),
    ];
  }
}

/** What stands where a resource claims profiles. */
function claimed(resource: unknown): unknown[] {
  const profiles = (resource as { meta?: { profile?: unknown } } | null)?.meta?.profile;
  return Array.isArray(profiles) ? profiles : [];
}
