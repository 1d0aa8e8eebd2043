import type { Problem } from '#lib/sandbox-file/problem.ts';

/** As many mistakes of one part as are worth reading. */
const maxShown = 5;

/** The mistakes of one part, each reason once, and of many the first few and how many more there are. */
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
