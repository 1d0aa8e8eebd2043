import { beforeEach, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { forgetTrouble, noteAnswer, noteTrouble } from './log.ts';

const told = (fields: object) => ['The database is in trouble.', expect.objectContaining(fields)];
const failing = (code: string) => Object.assign(new Error('it said why'), { code });
let lines: unknown[] = [];

beforeEach(() => {
  lines = [];
  forgetTrouble();
  for (const method of ['error', 'info'] as const)
    vi.spyOn(log, method).mockImplementation((message: string, fields?: object) => void lines.push([message, fields]));
});

it('tells each kind of trouble once a minute, with how often it was met since', () => {
  const began = 1_000_000;
  for (let second = 0; second <= 60; second++) noteTrouble(failing('53300'), began + second * 1000);
  noteTrouble(failing('53100'), began + 60_000);
  expect(lines).toEqual([
    told({ trouble: 'has no connection or memory left', reason: '53300 it said why' }),
    told({ trouble: 'has no connection or memory left', reason: '53300 it said why', leftOut: 59 }),
    told({ trouble: 'takes no changes', reason: '53100 it said why' }),
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
    told({ trouble: 'cannot be reached', reason: 'ECONNREFUSED it said why' }),
    ['The database answers again.', { seconds: 21 }],
    told({ trouble: 'cannot be reached', reason: 'ECONNREFUSED it said why' }),
  ]);
});
