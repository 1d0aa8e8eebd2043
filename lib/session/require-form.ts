import { notFound } from 'next/navigation';
import { isStorable } from '#lib/smart/storable-json.ts';

/**
 * Answers 404 when an action was called with something else than a form. A browser that is not ours can send any value
 * as an argument of an action, whatever its type says.
 */
export function requireForm(form: unknown): void {
  if (!(form instanceof FormData)) notFound();
}

/** Answers 404 when a name, an argument of an action or a part of an address, is no text or none that can be stored. */
export function requireNames(...names: unknown[]): void {
  if (!names.every((name) => typeof name === 'string' && isStorable(name))) notFound();
}
