import { isStorable } from '#lib/smart/storable-json.ts';

/** The value of a parameter that was sent exactly once and can be stored as text; undefined otherwise. */
export function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  return others.length === 0 && value && isStorable(value) ? value : undefined;
}
