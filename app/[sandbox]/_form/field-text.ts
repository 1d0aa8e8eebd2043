import { isStorable } from '#lib/smart/storable-json.ts';

/** The text of a form's field; undefined for a field that is absent or a file, or that no database can hold. */
export function fieldText(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && isStorable(value) ? value : undefined;
}
