import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockIssues, unhashed } from './lockfile.mjs';
import { chooseNode, isRecent, nodePackage } from './node-choice.mjs';

it.each<[version: string, expected: boolean]>([
  ['20.20.2', false],
  ['22.18.0', false],
  ['22.19.0', true],
  ['22.20.1', true],
  ['23.11.0', false],
  ['24.0.0', true],
  ['25.1.0', false],
  ['26.0.0', true],
])('Node %s can run the server: %s', (version, expected) => expect(isRecent(version)).toBe(expected));

describe('the Node that runs the server', () => {
  const own = (version: string) => ({ version, path: '/usr/bin/node', machine: 'plan9 mips' });

  it.each<[what: string, version: string, packaged: string | undefined, expected: string]>([
    ['the machine’s own when it is recent', '24.1.0', '/packages/node', '/usr/bin/node'],
    ['the packages’ when the machine’s is too old', '20.20.2', '/packages/node', '/packages/node'],
    ['the machine’s own when there is no other', '22.19.0', undefined, '/usr/bin/node'],
  ])('is %s', (_, version, packaged, expected) => expect(chooseNode(own(version), packaged)).toBe(expected));

  it('is the packages’ when an installation has removed the one that runs this', () => {
    expect(chooseNode({ ...own('24.1.0'), path: undefined }, '/packages/node')).toBe('/packages/node');
  });

  it('is asked for in words when there is none', () => {
    expect(() => chooseNode(own('20.20.2'), undefined)).toThrow(
      /Node 20.20.2 is too old.*plan9 mips.*install Node 22.19/,
    );
  });
});

describe('the Node among the packages', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const names = Object.keys(manifest.optionalDependencies).filter((name) => name.startsWith('node-'));

  it.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['win32', 'x64'],
  ])('for %s %s is in the lockfile with its hash', (platform, architecture) => {
    expect(names).toContain(nodePackage(platform, architecture));
  });

  it.each(names)('%s is the archive whose hash the lockfile holds, and runs no script', (name) => {
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({
      version: manifest.optionalDependencies[name],
      integrity: expect.stringMatching(/^sha512-/),
      optional: true,
    });
    expect(lock.packages[`node_modules/${name}`].hasInstallScript).toBeUndefined();
  });

  it('is one version for all machines', () => {
    expect(new Set(names.map((name) => manifest.optionalDependencies[name])).size).toBe(1);
  });
});

it('no package of ours comes without a hash, and the lockfile is that of package.json', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect(unhashed(lock)).toEqual([]);
  expect(lockIssues(JSON.parse(readFileSync('package.json', 'utf8')), lock)).toEqual([]);
});
