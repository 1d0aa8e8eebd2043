import { expect, test } from 'vitest';
import { addressOf, readListRequest, sortedBy } from './list-request.ts';

test('the bare address is the first page by name', () => {
  expect(readListRequest({})).toEqual({
    query: { name: '', identifier: '', birthdate: '' },
    sort: 'name',
    page: 1,
    trail: [],
    errors: {},
  });
});

test('an address that was written reads the same', () => {
  const request = readListRequest({ name: 'O’Neill & sons', sort: '-birthdate', page: '3', trail: 'a~b' });
  expect(readListRequest(Object.fromEntries(new URLSearchParams(addressOf('', request))))).toEqual(request);
});

test.each(['2020', '2020-02', '2020-02-29'])('birth date %s is searched for', (birthdate) => {
  expect(readListRequest({ birthdate }).errors).toEqual({});
});

test.each(['2021-02-29', '2020-13', '29.02.2020', 'x', 'ge2020'])('birth date %s is an error', (birthdate) => {
  expect(readListRequest({ birthdate }).errors.birthdate).toContain('1980-04-21');
});

test.each([
  [{ sort: 'password' }, { sort: 'name' }],
  [{ page: '9' }, { page: 1 }],
  [{ page: '-1', trail: 'a' }, { page: 2 }],
  [{ name: ['Ann', 'Bob'] }, { query: { name: 'Ann', identifier: '', birthdate: '' } }],
])('%o is read as %o', (params, read) => {
  expect(readListRequest(params)).toMatchObject(read);
});

test('sorting by the same column turns it round and starts at the first page', () => {
  const request = readListRequest({ sort: 'birthdate', page: '2', trail: 'a' });
  expect(sortedBy('', request, 'birthdate')).toBe('?sort=-birthdate');
  expect(sortedBy('', request, 'name')).toBe('');
});
