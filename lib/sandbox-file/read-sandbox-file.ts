import { readFileSync } from 'node:fs';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { issueOfJson } from '#lib/smart/storable-json.ts';
import { checkCounts } from './check-counts.ts';
import { tooManyProblems } from './check-items.ts';
import { parseLongJson } from './parse-json.ts';
import type { WrittenFile } from './parts.ts';
import { boundedProblems, jsonPath, maxProblems, type Problem, problemOfIssue } from './problem.ts';
import { itemsOfFile, type SandboxFile, sandboxFile } from './schema/schema.ts';

/** A sandbox file that was read, with the JSON that it is written in. */
export interface ReadFile {
  sandbox: SandboxFile;
  written: WrittenFile;
}

/**
 * Reads and checks one sandbox file, without its data.
 * @param own this server's, where apps may have plain http addresses
 */
export async function readSandboxFile(file: string, own: OwnOrigins): Promise<ReadFile | { problems: Problem[] }> {
  const text = readText(file);
  if (text === undefined) return { problems: [{ file, path: '$', reason: 'cannot be read; is the path right?' }] };
  return readSandboxText(text, file, own);
}

/** Checks the text of a sandbox file, without its data, in turns with other requests; `file` is its name in messages. */
export async function readSandboxText(
  text: string,
  file: string,
  own: OwnOrigins,
): Promise<ReadFile | { problems: Problem[] }> {
  const parsed = await parseLongJson(text, file);
  if ('problem' in parsed) return { problems: [parsed.problem] };
  const long = checkCounts(parsed.value, file);
  if (long.length > 0) return { problems: long };
  const unstorable = findUnstorable(parsed.value, file);
  if (unstorable) return { problems: [unstorable] };
  const many = await tooManyProblems(parsed.value, itemsOfFile(own), file);
  if (many.length > 0) return { problems: many };
  const checked = sandboxFile(own).safeParse(parsed.value);
  if (checked.success) return { sandbox: checked.data, written: parsed.value as WrittenFile };
  const told = checked.error.issues.slice(0, maxProblems + 1).map((issue) => problemOfIssue(issue, [], file));
  return { problems: boundedProblems(told, file) };
}

/** The first part that the database cannot hold. Resources are checked by themselves, and may be nested deeper. */
function findUnstorable(value: unknown, file: string): Problem | undefined {
  for (const [path, part] of partsOf(value)) {
    const reason = issueOfJson(part);
    if (reason) return { file, path: jsonPath(path), reason };
  }
  return undefined;
}

/** The members of a sandbox file but its data, lists by their items, each with its path and within its name. */
function partsOf(value: unknown): [path: (string | number)[], part: unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => name !== 'data')
    .flatMap(([name, member]): [(string | number)[], unknown][] =>
      Array.isArray(member) ? member.map((item, index) => [[name, index], item]) : [[[name], { [name]: member }]],
    );
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
