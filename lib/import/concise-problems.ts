import type { Problem } from '#lib/sandbox-file/problem.ts';

/** Number of problems shown for one part; nobody reads more. */
const maxShown = 5;

/** Shortens the problems of one part: each reason once, then the first few and a count of the rest. */
export function conciseProblems(problems: Problem[]): Problem[] {
  const distinct = [...Map.groupBy(problems, ({ reason }) => reason).values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const more = others.length > 0 ? ` (${others.length} more of these)` : '';
    return [{ ...first, reason: `${first.reason}${more}` }];
  });
  const [last] = distinct.slice(maxShown);
  if (!last) return distinct;
  const reason = `and ${distinct.length - maxShown} more mistakes`;
  return [...distinct.slice(0, maxShown), { file: last.file, path: last.path, reason }];
}
