import { beforeEach, expect, it, vi } from 'vitest';
import { forgetTrouble, noteAnswer, noteTrouble } from './log.ts';

const failing = (code: string) => Object.assign(new Error('it said why'), { code });
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  forgetTrouble();
  for (const method of ['error', 'log'] as const)
    vi.spyOn(console, method).mockImplementation((line) => lines.push(line));
});

it('tells each kind of trouble once a minute, with how often it was met since', () => {
  const began = 1_000_000;
  for (let second = 0; second <= 60; second++) noteTrouble(failing('53300'), began + second * 1000);
  noteTrouble(failing('53100'), began + 60_000);
  expect(lines).toEqual([
    'The database has no connection or memory left (53300 it said why). Requests that need it are answered with 503.',
    'The database has no connection or memory left (53300 it said why). Requests that need it are answered with 503; 59 more statements failed so since it was said last.',
    'The database takes no changes (53100 it said why). Requests that need it are answered with 503.',
  ]);
});

it('tells when a database that could not be reached answers again, and for how long it did not', () => {
  noteAnswer(1);
  noteTrouble(failing('ECONNREFUSED'), 10_000);
  noteTrouble(failing('ECONNREFUSED'), 20_000);
  noteAnswer(30_500);
  noteAnswer(30_600);
  noteTrouble(failing('ECONNREFUSED'), 40_000);
  expect(lines).toEqual([
    expect.stringContaining('cannot be reached'),
    'The database answers again, after 21 s.',
    expect.stringContaining('cannot be reached'),
  ]);
});
