/** One problem in a sandbox file or its data: where it is and what is wrong. */
export interface Problem {
  /** Name of the file, as the user gave it. */
  file: string;
  /** Place in the file, as a JSON path such as `$.clients[0].redirectUris[1]`; `$` for the whole file. */
  path: string;
  reason: string;
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
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
