import { isDeepStrictEqual } from 'node:util';
import { type Basis, findBasis, type GivenPart } from '#lib/data/given/given.ts';
import { type ComparedPart, compareParts, givenParts, goneParts, unchangedParts } from '#lib/data/given/plan.ts';
import { matchesPassword } from '#lib/data/member/passwords.ts';
import type { SourceContext } from './data-source.ts';
import { type DataState, formerDigest, stateOfData } from './digest.ts';
import { partsOf, wholeDigest } from './parts.ts';
import type { ReadFile } from './read-sandbox-file.ts';

/** A sandbox file beside what the sandbox got from it before. */
export interface ComparedFile {
  basis: Basis;
  /** The digest of all that it says, and whether that is what it said before. */
  whole: { digest: string; unchanged: boolean };
  compared: ComparedPart[];
  gone: GivenPart[];
  data: DataState;
  /** Whether the sandbox holds this very data already. */
  dataUnchanged: boolean;
}

/** Compares a sandbox file with what the sandbox got from it before. Writes nothing. */
export async function compareFile({ sandbox, written }: ReadFile, context: SourceContext): Promise<ComparedFile> {
  const basis = await findBasis(sandbox.slug);
  const parts = partsOf(sandbox, written);
  const before = givenParts(basis, parts);
  const digest = wholeDigest(written);
  const unchanged = Boolean(basis.given && (await matchesPassword(digest, basis.given.whole, 'definition')));
  const data = await stateOfData(sandbox, context, basis.given?.files);
  return {
    basis,
    whole: { digest, unchanged },
    compared: unchanged ? unchangedParts(parts, before) : await compareParts(parts, before),
    gone: goneParts(parts, before),
    data,
    dataUnchanged: basis.dataDigest === (basis.given ? data.digest : formerDigest(sandbox, context)),
  };
}

/** Whether nothing needs to be written: the file, its data and its place are as they were. */
export function isIdle({ basis, whole, data, dataUnchanged }: ComparedFile, file: string, outside = false): boolean {
  const { seed, given } = basis;
  // What an earlier version of this server remembered lacks the members, which the next change is told by.
  const remembered = given?.parts.every(({ members }) => members !== undefined) ?? false;
  const sameDefinition = remembered && whole.unchanged && dataUnchanged && isDeepStrictEqual(given?.files, data.files);
  return sameDefinition && seed?.file === file && (seed.outside ?? false) === outside;
}
