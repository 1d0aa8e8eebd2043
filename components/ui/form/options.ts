/** An option of a select or of radio buttons. */
export interface Option {
  value: string;
  label: string;
}

/** The words for values as options, in their order. */
export function optionsOf(words: Readonly<Record<string, string>>): Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
