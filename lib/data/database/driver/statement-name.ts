import { createHash } from 'node:crypto';

/** The most texts that get a name; further ones are planned each time, like any other statement. */
const maxNames = 500;

const names = new Map<string, { name: string; forgotten: number }>();

/**
 * The name under which connections keep the plan of a statement; undefined when too many texts have one. It is made of
 * the text: behind a pooler, processes share connections, and what one has named would be carried out for another that
 * gives the same name to something else. A text contains no values, so neither does its plan.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= maxNames) return known?.name;
  return remember(text, 0);
}

/** Forgets the name of a text, so that its next use gets a new name and a new plan. */
export function forgetStatement(text: string): void {
  const known = names.get(text);
  if (known) remember(text, known.forgotten + 1);
}

function remember(text: string, forgotten: number): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 40);
  const name = forgotten > 0 ? `p_${hash}_${forgotten}` : `p_${hash}`;
  names.set(text, { name, forgotten });
  return name;
}
