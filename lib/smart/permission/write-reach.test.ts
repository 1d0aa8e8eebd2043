import { describe, expect, it } from 'vitest';
import { resourceScopes } from '../scope/scope.ts';
import { confinedTo, unconfined } from './permission.ts';
import { mayDelete, mayReplace, staysWithin } from './write-reach.ts';

/** Whom a version names, such as `subject:A performer:B`, and `free` for one that scopes without patients reach. */
function version(text: string) {
  const words = text.split(' ').filter((word) => word !== '');
  const named = words.flatMap((word) => {
    const [parameter = '', patient] = word.split(':');
    return patient ? { parameter, patient } : [];
  });
  return { named, free: words.includes('free') };
}

describe('mayReplace', () => {
  it.each([
    ['subject:A', true],
    ['subject:A performer:B', true],
    ['subject:B performer:A', false],
    ['subject:B subject:A', true],
    ['subject:B subject:C', false],
    ['subject:M', true],
    ['performer:A performer:B', true],
    ['performer:B', false],
    ['sender:B recipient:A', false],
    ['sender:A recipient:B', true],
    ['author:B attester:A', false],
    ['sender:A requester:B', false],
    ['recipient:A recipient:B', true],
    ['subject:A sender:B', true],
    ['sender:B recipient:A free', true],
    ['', true],
    ['subject:B performer:A free', true],
  ])('a stored version with %j: %s', (stored, may) => {
    expect(mayReplace(version(stored), ['A', 'M'], 'subject')).toBe(may);
  });
});

describe('mayDelete', () => {
  it.each([
    ['subject:A', true],
    ['subject:A performer:M', true],
    ['subject:A performer:B', false],
    ['subject:B performer:A', false],
    ['subject:A subject:B', false],
    ['subject:B free', true],
  ])('a version with %j: %s', (stored, may) => {
    expect(mayDelete(version(stored), ['A', 'M'])).toBe(may);
  });
});

describe('staysWithin', () => {
  it.each([
    ['a create within reach', '', 'subject:A performer:M', true],
    ['a create for another', '', 'subject:B performer:A', false],
    ['a create that another performed', '', 'subject:A performer:B', false],
    ['another added', 'subject:A', 'subject:A performer:B', false],
    ['another removed', 'subject:A performer:B', 'subject:A', false],
    ['another replaced by one more', 'subject:A performer:B', 'subject:A performer:C', false],
    ['another moved between parameters', 'subject:A author:B', 'subject:A performer:B', false],
    ['another named twice by two parameters', 'subject:A author:B', 'subject:A author:B performer:B', false],
    ['a move to another', 'subject:A performer:A', 'subject:B performer:A', false],
    ['others kept', 'subject:A performer:B performer:C', 'subject:M performer:C performer:B', true],
    ['moves among those within reach', 'subject:A', 'performer:M', true],
    ['another added with free reach of the new version', 'subject:A', 'subject:B free', true],
    ['another removed with free reach of the new version only', 'subject:A performer:B', 'subject:A free', false],
    ['another removed with free reach of the old version', 'subject:A performer:B free', 'subject:A', true],
    ['another added with free reach of the old version only', 'subject:A free', 'subject:A performer:B', false],
  ])('%s: from %j to %j: %s', (_, before, after, stays) => {
    expect(staysWithin(version(after), version(before), ['A', 'M'])).toBe(stays);
  });
});

describe('confinedTo and unconfined', () => {
  it.each([
    ['patient/*.cruds', { patient: 'A' }, ['A'], []],
    ['patient/*.cruds', {}, undefined, []],
    ['user/*.cruds', {}, undefined, ['user/*.cruds']],
    ['system/*.cruds', {}, undefined, ['system/*.cruds']],
    ['user/*.cruds', { userPatients: ['A', 'B'] }, ['A', 'B'], []],
    ['user/*.cruds', { userPatients: [] }, [], []],
    ['user/*.cruds patient/*.cruds', { patient: 'A', userPatients: ['A', 'B'] }, ['A', 'B'], []],
    ['patient/*.cruds user/*.rs', { patient: 'A' }, ['A'], ['user/*.rs']],
    ['patient/*.rs user/*.cruds', { patient: 'A' }, undefined, ['user/*.cruds']],
  ] as const)('%s with %j', (scope, more, patients, free) => {
    const permission = { scopes: resourceScopes(scope), ...more } as Parameters<typeof confinedTo>[0];
    expect(confinedTo(permission, 'Observation', 'u')).toEqual(patients);
    expect(unconfined(permission).scopes.map(({ text }) => text)).toEqual(free);
  });
});
