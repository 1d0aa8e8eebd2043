import { expect, it } from 'vitest';
import { namesSandbox, usernameIn } from './account-name.ts';

it.each([
  ['ann', 'ann@ward'],
  ['ann@ward', 'ann@ward'],
  ['ann@other', 'ann@other@ward'],
  ['ann@hospital.example', 'ann@hospital.example@ward'],
])('calls %s of the sandbox ward %s', (local, username) => expect(usernameIn('ward', local)).toBe(username));

it.each([
  ['ann', false],
  ['ann@ward', false],
  ['ann@other', true],
  ['ann@ward@other', true],
  ['ann@hospital.example', false],
  ['ann@', false],
  ['ann@API', false],
])('knows whether %s is named after another sandbox than ward: %s', (username, other) => {
  expect(namesSandbox(username, 'ward')).toBe(other);
});
