/** An option of a select or of radio buttons. */
export interface Option {
  value: string;
  label: string;
}

/** Makes options of a table that has the label for each value. */
export function optionsOf(words: Readonly<Record<string, string>>): Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
