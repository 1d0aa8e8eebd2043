import { expect, it } from 'vitest';
import { codeOfStored, storedCodesOf } from './stored-code.ts';

it.each([
  ['read', 'read', ['read']],
  ['operation', 'operation', ['operation', 'validate']],
  ['validate', 'operation', []],
  ['metadata', 'capabilities', []],
  ['capabilities', 'capabilities', ['capabilities', 'metadata', 'smart-configuration']],
  ['constructor', 'constructor', ['constructor']],
])('%s is read as %s, and a search for it finds the records that say %j', (interaction, code, stored) => {
  expect(codeOfStored(interaction)).toBe(code);
  expect(storedCodesOf(interaction)).toEqual(stored);
});
