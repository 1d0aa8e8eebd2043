/** The value of a parameter that was sent once and can be stored as text; whatever else was sent is nobody's name. */
export function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name);
  return others.length === 0 && value && !value.includes('\0') ? value : undefined;
}
