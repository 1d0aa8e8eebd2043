import { blocksOf, type Paper } from '#scripts/papers/papers.ts';

/** An example of a sandbox file, made whole. */
export interface SandboxExample {
  /** The paper and the number of the example in it. */
  name: string;
  text: string;
}

type Members = Record<string, unknown>;

/**
 * The sandbox files in the papers' JSON blocks. A block that shows single members of a sandbox file, such as `"brand": {…}`,
 * is added to the first complete one: lists are put behind each other, everything else is replaced.
 * @throws SyntaxError for a block that is not JSON
 */
export function sandboxExamplesOf(papers: readonly Paper[]): SandboxExample[] {
  const found = papers.flatMap((paper) => examplesIn(paper));
  const whole = found.find(({ members }) => 'slug' in members)?.members ?? {};
  return found.map(({ name, members }) => ({
    name,
    text: JSON.stringify('slug' in members ? members : added(whole, members)),
  }));
}

function examplesIn(paper: Paper): { name: string; members: Members }[] {
  const blocks = blocksOf(paper).filter(({ language }) => language === 'json');
  return blocks.map(({ text }, index) => ({
    name: `${paper.file}, example ${index + 1}`,
    members: JSON.parse(text.startsWith('"') ? `{${text}}` : text),
  }));
}

function added(whole: Members, part: Members): Members {
  const members = Object.entries(part).map(([name, value]) => {
    const before = whole[name];
    return [name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value];
  });
  return { ...whole, ...Object.fromEntries(members) };
}
