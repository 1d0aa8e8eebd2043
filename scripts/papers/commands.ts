import { codeOf, type Paper } from '#scripts/papers/papers.ts';

/** Commands of this project: what each can be called with, as the sources that read its arguments say. */
export interface KnownCommands {
  /** By the name of the npm script, the text of the files that it runs. */
  scripts: ReadonlyMap<string, string>;
  /** The programs that `npx` finds. */
  programs: ReadonlySet<string>;
}

/** A command of ours as a paper writes it. */
export interface NamedCommand {
  /** The name of the npm script. */
  script: string;
  args: string[];
}

const npmCommand = /\bnpm (?:run ([\w:-]+)|(start|test)\b)(?: -- ([^#\n]*))?/g;

/** The npm commands in a paper's code. */
export function commandsOf(paper: Paper): NamedCommand[] {
  return codeOf(paper).flatMap((code) =>
    [...code.matchAll(npmCommand)].map(([, run = '', lifecycle, rest = '']) => ({
      script: lifecycle ?? run,
      args: rest.split(/\s+/).filter(Boolean),
    })),
  );
}

/** The commands of a paper that nobody could run: an unknown script, an option that it does not read, an unknown program. */
export function unknownCommands(paper: Paper, { scripts, programs }: KnownCommands): string[] {
  const ours = commandsOf(paper).flatMap(({ script, args }) => {
    const source = scripts.get(script);
    if (source === undefined) return [`npm run ${script}`];
    return optionsAmong(args)
      .filter((option) => !new RegExp(`\\b${option}: \\{ type:`).test(source) && option !== 'help')
      .map((option) => `npm run ${script} -- --${option}`);
  });
  const theirs = codeOf(paper)
    .flatMap((code) => [...code.matchAll(/\bnpx ([\w@/-]+)/g)].map(([, program = '']) => program))
    .filter((program) => !programs.has(program));
  return [...ours, ...theirs.map((program) => `npx ${program}`)];
}

function optionsAmong(args: string[]): string[] {
  return args.flatMap((arg) => /^--([a-z][a-z-]*)/.exec(arg)?.[1] ?? []);
}
