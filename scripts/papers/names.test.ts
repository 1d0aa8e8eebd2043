import { expect, it } from 'vitest';
import { unknownNames, wordsOf } from '#scripts/papers/names.ts';

const words = wordsOf(['export function reachOf(permission: Permission): FhirError {}', '{ "launchUri": "x" }']);
const unknown = (text: string) => unknownNames({ file: 'a.md', text }, words);

it.each(['`reachOf`', '`launchUri`, `FhirError(status)`', '`https://a.example/noneSuch`', 'noneSuch', '`none such`'])(
  '%s is known, or no name',
  (text) => expect(unknown(text)).toEqual([]),
);

it.each([
  ['`reachesOf`', 'reachesOf'],
  ['`FhirMistake(status)`', 'FhirMistake'],
  ['`{ launchUrl, launchUri }`', 'launchUrl'],
])('%s is unknown', (text, name) => expect(unknown(text)).toEqual([name]));
