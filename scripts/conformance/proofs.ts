import type { Requirement } from './requirements.ts';
import type { TestRun } from './test-runs.ts';

/** A test that passed in every run, with its title without the mark. */
export interface Proof {
  file: string;
  title: string;
}

/** A mark at the end of a test's title, or of a group's, which then marks all its tests. */
const marks = / \[SMART (\d+(?: \d+)*)\](?= > |$)/g;

/** Requirement ids in a title's marks, such as `[SMART 14 15]`. */
function idsOf(title: string): number[] {
  return [...title.matchAll(marks)].flatMap(([, ids = '']) => ids.split(' ').map(Number));
}

function withoutMarks(title: string): string {
  return title.replaceAll(marks, '');
}

/**
 * Proofs by requirement id, sorted and without duplicates. A test that ran several times, for instance on two
 * databases, counts only if it passed every time.
 */
export function proofsOf(runs: TestRun[]): Map<number, Proof[]> {
  const marked = runs.filter(({ title }) => idsOf(title).length > 0);
  const byTest = [...Map.groupBy(marked, ({ file, title }) => `${file} ${title}`).values()];
  const passed = byTest.filter((same) => same.every((run) => run.passed)).flatMap(([run]) => run ?? []);
  const pairs = passed.flatMap(({ file, title }) =>
    idsOf(title).map((id) => ({ id, proof: { file, title: withoutMarks(title) } })),
  );
  const grouped = [...Map.groupBy(pairs, ({ id }) => id)];
  return new Map(grouped.map(([id, found]) => [id, found.map(({ proof }) => proof).sort(inOrder)]));
}

function inOrder(one: Proof, other: Proof): number {
  const [first, second] = [one, other].map(({ file, title }) => `${file} ${title}`) as [string, string];
  return first < second ? -1 : Number(first > second);
}

/**
 * Contradictions between the requirements and the tests, one sentence each: requirements without a passing test, and
 * marks with unknown ids.
 */
export function problemsOf(requirements: Requirement[], runs: TestRun[]): string[] {
  const proofs = proofsOf(runs);
  const known = new Set(requirements.map(({ id }) => id));
  const unproved = requirements
    .filter(({ id }) => !proofs.has(id))
    .map(
      ({ id, level, text }) =>
        `${id} (${level}) is proved by no test that passed. ${text} Put [SMART ${id}] at the end of the title of one that proves it.`,
    );
  return [...unproved, ...new Set(runs.flatMap((run) => problemsOfMark(run, known)))];
}

function problemsOfMark({ file, title }: TestRun, known: Set<number>): string[] {
  const unknown = idsOf(title).filter((id) => !known.has(id));
  const misplaced = withoutMarks(title).includes('[SMART');
  return [
    ...unknown.map((id) => `${file}: “${title}” names ${id}, which is not in the list.`),
    ...(misplaced ? [`${file}: “${title}” must have its mark at the end, in the form [SMART 14 15].`] : []),
  ];
}
