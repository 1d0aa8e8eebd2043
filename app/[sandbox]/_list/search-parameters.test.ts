import { expect, it } from 'vitest';
import { chosenId, listAddress, narrowing, oneOf, pageNumber, typedText } from './search-parameters.ts';

const long = 'x'.repeat(201);

it.each([
  [' Ann ', 'Ann'],
  ['a\0b', 'ab'],
  [long, 'x'.repeat(200)],
  [undefined, ''],
  [['a', 'b'], ''],
])('typed text %j is read as %j', (sent, text) => expect(typedText.parse(sent)).toBe(text));

it.each([
  ['app', 'app'],
  [long, ''],
  [undefined, ''],
  [['a', 'b'], ''],
])('a chosen id %j is read as %j', (sent, id) => expect(chosenId.parse(sent)).toBe(id));

it.each([
  ['used', 'used'],
  ['stolen', ''],
  [undefined, ''],
  [['used', 'used'], ''],
])('the option %j is read as %j', (sent, option) => expect(oneOf(['used', 'pending']).parse(sent)).toBe(option));

it.each([
  ['7', 7],
  ['999999', 999999],
  ['0', 1],
  ['-1', 1],
  ['1.5', 1],
  ['9999999', 1],
  [['2', '3'], 1],
  [undefined, 1],
])('page %j is %d', (sent, page) => expect(pageNumber.parse(sent)).toBe(page));

it('keeps in an address only what narrows', () => {
  expect(narrowing({ user: 'a b', app: '', page: 2 })).toEqual({ user: 'a b' });
  expect(listAddress('/list', { user: 'a b', app: '' })).toBe('/list?user=a+b');
  expect(listAddress('/list', { user: '' })).toBe('/list');
});
