import { expect, it } from 'vitest';
import { launchIdsIn } from './launch-ids.ts';

it.each([
  ['', []],
  ['launch openid patient/*.rs', []],
  ['launch:abc openid', ['abc']],
  ['launch:abc launch:abc', ['abc']],
  ['launch:abc openid launch:d:e', ['abc', 'd:e']],
  ['launch:', []],
])('the scope %j holds the launch ids %j', (scope, ids) => {
  expect(launchIdsIn(scope)).toEqual(ids);
});
