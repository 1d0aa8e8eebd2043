import { notFound } from 'next/navigation';
import { isStorable } from '#lib/smart/storable-json.ts';

/**
 * The id that a form names; undefined when it names none. Nothing has an id that the database cannot hold: then the
 * answer is 404, and not what the form would mean without it.
 */
export function sentId(form: FormData, field: string): string | undefined {
  const sent = form.get(field);
  return typeof sent !== 'string' || sent === '' ? undefined : storableId(sent);
}

/** The id `sent`, unless the database cannot hold it: nothing has that id, so the answer is 404. */
export function storableId(sent: string): string {
  return isStorable(sent) ? sent : notFound();
}
