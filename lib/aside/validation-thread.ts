/** Runs in a thread of its own, and validates one resource after another. */
import { parentPort } from 'node:worker_threads';
import { parseExactly } from '#lib/fhir/json/exact-json.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import type { ValidationQuestion } from './validate-aside.ts';

parentPort?.on('message', ({ text, profiles }: ValidationQuestion) => {
  parentPort?.postMessage(validateResource(parseExactly(text), profiles));
});
