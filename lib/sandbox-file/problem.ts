/** One mistake in a sandbox file or its data: where it stands and what is wrong with it. */
export interface Problem {
  /** The file as the user named it. */
  file: string;
  /** Where inside it, as a JSON path such as `$.clients[0].redirectUris[1]`; `$` for the whole file. */
  path: string;
  reason: string;
}

/** A sandbox file that cannot be applied, with every mistake that was found in it. */
export class SandboxFileError extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(`Nothing was loaded. ${describeProblems(problems)}`);
    this.name = 'SandboxFileError';
    this.problems = problems;
  }
}

const shown = 20;

/** The mistakes as lines for a terminal, the first twenty of them. */
function describeProblems(problems: Problem[]): string {
  const count = problems.length === 1 ? 'One mistake:' : `${problems.length} mistakes:`;
  const lines = problems.slice(0, shown).map(({ file, path, reason }) => `  ${file} ${path}: ${reason}`);
  const rest = problems.length > shown ? [`  … and ${problems.length - shown} more`] : [];
  return [count, ...lines, ...rest].join('\n');
}

/** A path inside JSON as text: `['clients', 0, 'scope']` is `$.clients[0].scope`. */
export function jsonPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => path + jsonPathSegment(segment), '$');
}

function jsonPathSegment(segment: PropertyKey): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const name = String(segment);
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
