/** One problem in a sandbox file or its data: where it is and what is wrong. */
export interface Problem {
  /** Name of the file, as the user gave it. */
  file: string;
  /** Place in the file, as a JSON path such as `$.clients[0].redirectUris[1]`; `$` for the whole file. */
  path: string;
  reason: string;
}

/** More problems than anybody reads: no more are looked for, and no more told. */
export const maxProblems = 100;

/** Longest reason told; some name every member of an object. */
const maxReason = 500;

/** The problem that an issue of a schema is, at a place within `path`. */
export function problemOfIssue(
  issue: { path: readonly PropertyKey[]; message: string },
  path: readonly PropertyKey[],
  file: string,
): Problem {
  const { message } = issue;
  const reason = message.length > maxReason ? `${message.slice(0, maxReason).toWellFormed()}…` : message;
  return { file, path: jsonPath([...path, ...issue.path]), reason };
}

/** The problems that are told: the first ones, and that there are more. */
export function boundedProblems(problems: Problem[], file: string): Problem[] {
  if (problems.length <= maxProblems) return problems;
  const more = { file, path: '$', reason: 'has more problems; mend these first' };
  return [...problems.slice(0, maxProblems), more];
}

const shown = 20;

/** The problems as lines for a terminal, at most `shown` of them. */
export function describeProblems(problems: Problem[]): string {
  const lines = problems.slice(0, shown).map(({ file, path, reason }) => `  ${file} ${path}: ${reason}`);
  const rest = problems.length > shown ? [`  … and ${problems.length - shown} more`] : [];
  return [...lines, ...rest].join('\n');
}

/** A path in JSON as text: `['clients', 0, 'scope']` becomes `$.clients[0].scope`. */
export function jsonPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => path + jsonPathSegment(segment), '$');
}

function jsonPathSegment(segment: PropertyKey): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const name = String(segment);
  return /^[A-Za-z_]\w{0,99}$/.test(name) ? `.${name}` : `[${JSON.stringify(name.slice(0, 100))}]`;
}
