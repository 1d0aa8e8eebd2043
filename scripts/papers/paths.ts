import { blocksOf, codeSpansOf, type Paper, proseOf } from '#scripts/papers/papers.ts';

const rooms = 'app|components|lib|prisma|scripts|e2e|docs|public|\\.ci';
const fullPath = new RegExp(`(?<![\\w/.:{}~@-])(?:${rooms})/[^\\s,;:'"\`]*`, 'g');
const fileName = /^[\w./[\]()@%-]+\.(?:tsx?|mjs|sql|tsv|prisma)$/;

/** Folders that exist only once something was generated. */
const generated = /^prisma\/generated\b/;

/**
 * The paths in a paper's code that lead nowhere. A path is one that begins with a room, such as `lib/env.ts`, or the last
 * part of one, such as `scope/scope.ts`; `*` and `{a,b}` stand for what they stand for in a shell.
 * @param files every file of the project, from its root
 */
export function missingPaths(paper: Paper, files: readonly string[]): string[] {
  const known = [...files, ...foldersOf(files)];
  const named = [...pathsIn(paper), ...treePathsOf(paper)];
  return [...new Set(named)].filter((path) => !generated.test(path) && !isThere(path, known));
}

/** The folders in which the files lie, at every depth. */
export function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => {
    const names = file.split('/').slice(0, -1);
    return names.map((_, index) => names.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)];
}

function pathsIn(paper: Paper): string[] {
  const spans = codeSpansOf(paper).map((span) => withoutShorthand(span, paper));
  const blocks = blocksOf(paper).filter(({ language }) => ['', 'sh'].includes(language));
  const whole = [...spans, ...blocks.map(({ text }) => text)].flatMap((code) => code.match(fullPath) ?? []);
  return [...whole, ...spans.filter((span) => fileName.test(span))].filter((path) => !/[<…]/.test(path));
}

/** A paper may say that `R/` is `lib/resource-server/`, and then be short. */
function withoutShorthand(path: string, paper: Paper): string {
  for (const [, short = '', long = ''] of proseOf(paper).matchAll(/`([A-Z]\/)`\s(?:is|stands for|for)\s`([^`]+\/)`/g)) {
    if (path.startsWith(short)) return long + path.slice(short.length);
  }
  return path;
}

/** The folders of a drawn tree: those in front of a line, below the folder that stands at the margin before. */
export function treePathsOf(paper: Paper): string[] {
  return blocksOf(paper)
    .filter(isTree)
    .flatMap(({ text }) => pathsOfTree(text));
}

function isTree({ language, text }: { language: string; text: string }): boolean {
  return language === '' && /^\S+\/ {2,}\S/m.test(text) && /^ {2}\S+\/ /m.test(text);
}

function pathsOfTree(tree: string): string[] {
  let base = '';
  return tree.split('\n').flatMap((line) => {
    const names = leadingPaths(line);
    if (line.startsWith(' ')) return names.map((name) => `${base}${name}`);
    base = names[0] ?? '';
    return names;
  });
}

function leadingPaths(line: string): string[] {
  const words = line.trim().split(/ +/);
  const end = words.findIndex((word) => !word.endsWith('/'));
  return words.slice(0, end < 0 ? words.length : end).filter((word) => !word.includes('<'));
}

function isThere(named: string, known: readonly string[]): boolean {
  const path = withoutEnd(named);
  const pattern = new RegExp(`(?:^|/)${path.split('').map(asPattern).join('')}$`);
  return known.some((one) => pattern.test(one));
}

/** Without the slash of a folder, the full stop of a sentence, and a bracket that was opened before the path. */
function withoutEnd(path: string): string {
  const closed = path.split(')').length > path.split('(').length ? path.replace(/\)[^)]*$/, '') : path;
  return closed.replace(/[./]+$/, '');
}

function asPattern(character: string): string {
  const wild: Record<string, string> = { '*': '[^/]*', '{': '(?:', '}': ')', ',': '|' };
  return wild[character] ?? character.replace(/[^\w/]/, String.raw`\$&`);
}
