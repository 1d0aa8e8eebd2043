/** More texts than this are not remembered: they are planned each time, as any other statement. */
const maxNames = 500;

const names = new Map<string, string>();
let given = 0;

/**
 * The name under which a connection remembers the plan of a statement, one for each text; undefined when there are too
 * many of them. Values are no part of a text, and so of nobody's plan.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= maxNames) return known;
  given += 1;
  const name = `prepared_${given}`;
  names.set(text, name);
  return name;
}

/** The text gets another name when it is next asked for. */
export function forgetStatement(text: string): void {
  names.delete(text);
}
