/** A position in a JSON value: the name of the root, then member names and indexes. */
export type Place = readonly [root: string, ...steps: (string | number)[]];

/** A place as a FHIRPath expression, such as `Patient.name[0].given`. */
export function expressionOf([root, ...steps]: Place): string {
  return steps.reduce<string>((path, step) => path + (typeof step === 'number' ? `[${step}]` : `.${step}`), root);
}
