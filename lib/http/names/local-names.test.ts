import { describe, expect, it } from 'vitest';
import { completed, isLocalhost, parseHosts, parseSearchList, watched } from './local-names.ts';

it('reads a hosts file', () => {
  const text = '127.0.0.1\tlocalhost\n# 10.0.0.9 gone\n10.0.0.1 EHR.example ehr # ours\n\nfe80::1%lo0 ehr\n10.0.0.2';
  expect(Object.fromEntries(parseHosts(text))).toEqual({
    localhost: ['127.0.0.1'],
    'ehr.example': ['10.0.0.1'],
    ehr: ['10.0.0.1', 'fe80::1'],
  });
});

it('reads a resolv.conf', () => {
  const text = 'nameserver 10.0.0.10\nsearch a.example b.example\noptions timeout:2 ndots:5';
  expect(parseSearchList(text)).toEqual({ domains: ['a.example', 'b.example'], ndots: 5 });
  expect(parseSearchList('')).toEqual({ domains: [], ndots: 1 });
});

describe('a name', () => {
  it.each<[name: string, ndots: number, expected: string[]]>([
    ['ehr', 1, ['ehr.lan', 'ehr']],
    ['ehr.example', 1, ['ehr.example', 'ehr.example.lan']],
    ['ehr.ns', 5, ['ehr.ns.lan', 'ehr.ns']],
    ['ehr.', 1, ['ehr']],
  ])('%s with ndots:%i', (name, ndots, expected) => {
    expect(completed(name, { domains: ['lan'], ndots })).toEqual(expected);
  });

  it.each<[name: string, expected: boolean]>([
    ['localhost', true],
    ['app.localhost', true],
    ['localhost.', true],
    ['notlocalhost', false],
    ['localhost.example', false],
  ])('%s is this machine: %s', (name, expected) => expect(isLocalhost(name)).toBe(expected));
});

it('counts a file that is not there as empty', async () => {
  expect(await watched('/nowhere/hosts', parseHosts)()).toEqual(new Map());
});
