import type { Requirement } from './requirements.ts';
import type { TestRun } from './test-runs.ts';

/** A test that passed wherever it ran, without its mark. */
export interface Proof {
  file: string;
  title: string;
}

/** At the end of the title of a test, or of a group, whose tests then all prove it. */
const marks = / \[SMART (\d+(?: \d+)*)\](?= > |$)/g;

/** The ids in the marks of a title, such as `[SMART 14 15]`. */
function idsOf(title: string): number[] {
  return [...title.matchAll(marks)].flatMap(([, ids = '']) => ids.split(' ').map(Number));
}

function withoutMarks(title: string): string {
  return title.replaceAll(marks, '');
}

/**
 * The tests that prove each requirement, sorted and each once, by its id. A test that ran several times, on two
 * databases for instance, counts when it passed every time.
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

/** What is wrong between the list and the tests, a sentence each: ids without a test, and marks that mean nothing. */
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
