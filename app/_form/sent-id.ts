import { notFound } from 'next/navigation';
import { isStorable } from '#lib/smart/storable-json.ts';

/**
 * The id that a form names; undefined when it names none. Nothing has an id that the database cannot hold: then the
 * answer is 404, and not what the form would mean without it.
 */
export function sentId(form: FormData, field: string): string | undefined {
  const sent = form.get(field);
  if (typeof sent !== 'string' || sent === '') return undefined;
  return isStorable(sent) ? sent : notFound();
}
