import { posix } from 'node:path';
import { type Paper, proseOf } from '#scripts/papers/papers.ts';

const link = /\]\(((?:[^()\s]|\([^()\s]*\))+)\)/g;

/**
 * The links of a paper that lead to no file of the project, or to no heading of another paper.
 * @param papers all papers, whose headings can be led to
 * @param known every file and folder of the project, from its root
 */
export function brokenLinks(paper: Paper, papers: readonly Paper[], known: ReadonlySet<string>): string[] {
  const targets = [...proseOf(paper).matchAll(link)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(target, paper, papers, known));
}

function leadsSomewhere(target: string, paper: Paper, papers: readonly Paper[], known: ReadonlySet<string>): boolean {
  const [path = '', anchor] = decodeURI(target).split('#');
  const file = path === '' ? paper.file : posix.join(posix.dirname(paper.file), path).replace(/\/$/, '');
  if (!known.has(file)) return false;
  if (anchor === undefined) return true;
  const there = papers.find((one) => one.file === file);
  return there !== undefined && anchorsOf(there).includes(anchor);
}

/** The anchors that GitHub gives the headings of a paper. */
export function anchorsOf(paper: Paper): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(paper).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}
