/** The most texts that get a name; further ones are planned each time, like any other statement. */
const maxNames = 500;

const names = new Map<string, string>();
let given = 0;

/**
 * The name under which connections keep the plan of a statement, one for each text; undefined when too many texts have
 * one. A text contains no values, so neither does its plan.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= maxNames) return known;
  given += 1;
  const name = `prepared_${given}`;
  names.set(text, name);
  return name;
}

/** Forgets the name of a text, so that its next use gets a new name and a new plan. */
export function forgetStatement(text: string): void {
  names.delete(text);
}
