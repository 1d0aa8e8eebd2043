/** One instruction of a Dockerfile, such as `COPY` with `. .`. */
export interface Instruction {
  name: string;
  argument: string;
}

/** A stage: what it begins from, its name, and the instructions after FROM. */
export interface Stage {
  from: string;
  name: string | undefined;
  instructions: Instruction[];
}

/**
 * Reads a Dockerfile without parser directives, heredocs and ARG before FROM, none of which ours has.
 * @throws Error for a line that is no instruction, and for an instruction before the first FROM
 */
export function parseDockerfile(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const { name, argument } of instructionsOf(text)) {
    if (name === 'FROM') {
      const [, from = '', stage] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(argument) ?? [];
      stages.push({ from, name: stage, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`${name} stands before the first FROM.`);
    stage.instructions.push({ name, argument });
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const whole = lines
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n');
  return whole.map((line) => {
    const [, name, argument] = /^([A-Z]+)\s+(.+)$/.exec(line.trim()) ?? [];
    if (!name || !argument) throw new Error(`This is no instruction: ${line}`);
    return { name, argument: argument.trim() };
  });
}

/** The words of an instruction that has the exec form, such as `CMD ["node", "x.ts"]`. @throws Error for the shell form */
export function execForm(argument: string): string[] {
  const [list] = /\[.*\]$/.exec(argument) ?? [];
  if (!list) throw new Error(`This is not the form that needs no shell: ${argument}`);
  return JSON.parse(list) as string[];
}

/** The variables of an ENV. */
export function variablesOf(argument: string): Record<string, string> {
  return Object.fromEntries(
    [...argument.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Tells which paths a .dockerignore keeps out: names and folders, with `*` and `**`; ours has no exceptions. */
export function ignoring(text: string): (path: string) => boolean {
  const patterns = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const forms = patterns.map((pattern) => {
    const form = pattern
      .replaceAll('.', '\\.')
      .replaceAll(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
    return new RegExp(`^${form}(/|$)`);
  });
  return (path) => forms.some((form) => form.test(path));
}
