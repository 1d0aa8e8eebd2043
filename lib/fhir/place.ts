/** The way to a place in a JSON value: names and indexes, after the name of the whole. */
export type Place = readonly [root: string, ...steps: (string | number)[]];

/** A place as FHIRPath has it, such as `Patient.name[0].given`. */
export function expressionOf([root, ...steps]: Place): string {
  return steps.reduce<string>((path, step) => path + (typeof step === 'number' ? `[${step}]` : `.${step}`), root);
}
