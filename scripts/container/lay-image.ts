import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { execForm, type Instruction, ignoring, parseDockerfile, type Stage, variablesOf } from './dockerfile.ts';

/** The file system that the instructions of a Dockerfile make, and how its process begins. */
export interface Image {
  /** The folder that stands for `/`. */
  root: string;
  /** The working folder, in `root`. */
  workdir: string;
  variables: Record<string, string>;
  user: string | undefined;
  command: string[];
  healthcheck: string[];
}

/** What is made already on this machine beside the packages, and need not be made once more, as a builder of images keeps it too. */
const made = ['.next', 'prisma/generated', 'lib/fhir/definition/generated'];

/**
 * Does what the Dockerfile says in folders under `into` that stand for the file systems of its stages: this machine's
 * programs stand for those of the base image, and paths that begin with `/` lead into the folders.
 * @throws Error for an instruction that it does not know, and for a command that fails
 */
export function layImage(into: string): Image {
  const laid = new Map<string, Image>();
  let last: Image | undefined;
  for (const [index, stage] of parseDockerfile(readFileSync('Dockerfile', 'utf8')).entries()) {
    last = layStage(stage, join(into, stage.name ?? `stage-${index}`), laid);
    if (stage.name) laid.set(stage.name, last);
  }
  if (!last) throw new Error('The Dockerfile has no stage.');
  return last;
}

function layStage(stage: Stage, root: string, laid: ReadonlyMap<string, Image>): Image {
  const image: Image = { root, workdir: root, variables: {}, user: undefined, command: [], healthcheck: [] };
  for (const instruction of stage.instructions) follow(instruction, image, laid);
  return image;
}

type Step = (argument: string, image: Image, laid: ReadonlyMap<string, Image>) => void;

const tellsOnly: Step = () => {};

/** What each instruction does; the last ones tell whoever runs the container, and change no file. */
const steps = new Map<string, Step>([
  ['WORKDIR', changeFolder],
  ['COPY', copy],
  ['RUN', run],
  ['ENV', (argument, image) => void Object.assign(image.variables, variablesOf(argument))],
  ['USER', (argument, image) => void Object.assign(image, { user: argument })],
  ['CMD', (argument, image) => void Object.assign(image, { command: execForm(argument) })],
  ['HEALTHCHECK', (argument, image) => void Object.assign(image, { healthcheck: execForm(argument) })],
  ['VOLUME', tellsOnly],
  ['EXPOSE', tellsOnly],
  ['STOPSIGNAL', tellsOnly],
]);

function follow({ name, argument }: Instruction, image: Image, laid: ReadonlyMap<string, Image>): void {
  const step = steps.get(name);
  if (!step) throw new Error(`scripts/container knows no ${name}: teach it, or do without.`);
  step(argument, image, laid);
}

function changeFolder(argument: string, image: Image): void {
  image.workdir = join(image.root, argument);
  mkdirSync(image.workdir, { recursive: true });
}

function copy(argument: string, image: Image, laid: ReadonlyMap<string, Image>): void {
  const [, stage, source = '', target = ''] = /^(?:--from=(\S+)\s+)?(\S+)\s+(\S+)$/.exec(argument) ?? [];
  const to = target.startsWith('/') ? join(image.root, target) : join(image.workdir, target);
  if (stage === undefined) {
    copyContext(source, to);
    return;
  }
  const from = laid.get(stage);
  if (!from) throw new Error(`COPY --from=${stage}: there is no such stage.`);
  // Moved, which takes no time: no other stage takes it from there.
  for (const name of readdirSync(join(from.root, source))) renameSync(join(from.root, source, name), join(to, name));
}

function copyContext(source: string, to: string): void {
  const isIgnored = ignoring(readFileSync('.dockerignore', 'utf8'));
  const filter = (path: string) => !isIgnored(relative('.', path));
  cpSync(source, to, { recursive: true, verbatimSymlinks: true, filter });
  symlinkSync(join(process.cwd(), 'node_modules'), join(to, 'node_modules'));
  for (const path of made.filter((one) => existsSync(one))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    // Links instead of copies: nothing changes these files.
    program('cp', ['-al', path, join(to, path)], '.');
  }
}

function run(argument: string, { root, workdir }: Image): void {
  const [command = '', ...words] = argument.split(/\s+/);
  const inside = words.map((word) => (word.startsWith('/') ? join(root, word) : word));
  program(command, inside, workdir);
}

function program(command: string, words: string[], cwd: string): void {
  const { status, error } = spawnSync(command, words, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${[command, ...words].join(' ')} failed: ${error?.message ?? `code ${status}`}`);
}
