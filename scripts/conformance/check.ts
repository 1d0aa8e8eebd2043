import { readFileSync } from 'node:fs';
import { conformanceDocument } from './document.ts';
import { problemsOf, proofsOf } from './proofs.ts';
import { readRequirements } from './requirements.ts';
import type { TestRun } from './test-runs.ts';

/** The generated document, which must match the tests. */
export const documentFile = 'docs/conformance.md';

/** Prints the problems in the proof of conformance by these test runs; returns their number. */
export function checkConformance(runs: TestRun[]): number {
  const requirements = readRequirements();
  const document = conformanceDocument(requirements, proofsOf(runs));
  const current = readFileSync(documentFile, 'utf8') === document;
  const problems = [
    ...problemsOf(requirements, runs),
    ...(current ? [] : [`${documentFile} is not what the tests say. Write it anew: npm run conformance`]),
  ];
  for (const problem of problems) console.error(problem);
  console.log(`${requirements.length} requirements, ${problems.length} problems`);
  return problems.length;
}
