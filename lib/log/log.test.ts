import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whileItLasts } from './flood.ts';
import { log } from './log.ts';
import { prettyLine } from './pretty.ts';
import { duringRequest, noteClient } from './request-notes.ts';
import { withoutSecrets } from './secrets.ts';
import { captureLog } from './tests/captured-log.ts';

let logged: ReturnType<typeof captureLog>;
beforeEach(() => {
  vi.useFakeTimers();
  logged = captureLog();
});
afterEach(() => {
  logged.end();
  vi.useRealTimers();
});

it('writes one object a line, with the id of the request that it belongs to', () => {
  duringRequest({ id: 'r-1' }, () => log.info('It happened.', { sandbox: 'demo' }));
  log.debug('It happened again.');
  expect(logged.lines).toEqual([
    { level: 'info', time: expect.any(String), message: 'It happened.', sandbox: 'demo', requestId: 'r-1' },
    { level: 'debug', time: expect.any(String), message: 'It happened again.' },
  ]);
});

it('notes the app of a request for whoever tells of it in the end', () => {
  const notes: { id: string; clientId?: string } = { id: 'r-1' };
  duringRequest(notes, () => noteClient('my_app'));
  noteClient('nobody');
  expect(notes).toEqual({ id: 'r-1', clientId: 'my_app' });
});

it('tells no value that a raw query of Prisma quotes', () => {
  const message = 'Raw query failed. Code: `22P02`. Message: `invalid input syntax for type json: "Mary Roe"`';
  log.error('It failed.', { error: Object.assign(new Error(message), { code: 'P2010' }) });
  expect(logged.text()).toContain('invalid input syntax for type json: …');
  expect(logged.text()).not.toContain('Roe');
});

it('tells an error by name, message, code, calls and causes, and nothing that libraries attach', () => {
  const cause = Object.assign(new Error('invalid input syntax for type json: "Mary Roe"'), {
    code: '22P02',
    detail: 'Key (name)=(Roe)',
  });
  log.error('It failed.', { error: new TypeError('outer', { cause }) });
  expect(logged.lines[0]?.error).toEqual({
    name: 'TypeError',
    message: 'outer',
    stack: expect.stringContaining('log.test.ts'),
    cause: {
      name: 'Error',
      code: '22P02',
      message: 'invalid input syntax for type json: …',
      stack: expect.any(String),
    },
  });
});

describe('a flood', () => {
  const fail = (error: Error) => log.error('It failed.', { error });
  const gone = new Error('gone');

  it('of one error is written five times a minute, and then how many were left out', () => {
    for (let time = 0; time < 8; time += 1) fail(gone);
    expect(logged.lines).toHaveLength(5);
    vi.advanceTimersByTime(60_000);
    expect(logged.lines.slice(5)).toMatchObject([{ level: 'error', about: 'It failed.', leftOut: 3 }]);
    fail(gone);
    expect(logged.lines[6]).not.toHaveProperty('leftOut');
  });

  it('of one error hides no other', () => {
    for (let time = 0; time < 8; time += 1) fail(gone);
    fail(new RangeError('other'));
    expect(logged.lines.at(-1)?.error?.name).toBe('RangeError');
  });

  it('of what passes is written once in five seconds', () => {
    for (let second = 0; second < 10; second += 1) {
      log.warn('The database is busy.', {}, whileItLasts);
      vi.advanceTimersByTime(1000);
    }
    const lines = logged.lines.filter(({ message }) => message === 'The database is busy.');
    expect(lines).toHaveLength(2);
    expect(logged.lines.reduce((sum, { leftOut = 0 }) => sum + Number(leftOut), 0)).toBe(8);
  });

  it('of ordinary lines is written as it is', () => {
    for (let time = 0; time < 20; time += 1) log.info('Request');
    expect(logged.lines).toHaveLength(20);
  });
});

const token = 'vVg3Zl0r8KqkXb2JmYw5uT1oQe7NsHd9PfCcAaBbDdE';

describe('withoutSecrets', () => {
  it.each([
    ['Authorization: Bearer abc.def-ghi', 'Authorization: …'],
    ['sent Basic dXNlcjpwYXNz along', 'sent Basic … along'],
    ['https://app.example/cb?code=a1&state=b2&iss=https://x', 'https://app.example/cb?code=…&state=…&iss=https://x'],
    ['launch=xyz token=abc refresh_token=def client_secret=ghi', 'launch=… token=… refresh_token=… client_secret=…'],
    ['code_verifier=abc&code_challenge=def', 'code_verifier=…&code_challenge=def'],
    ['{"password":"pa\\"ss","name":"x"}', '{"password":"…","name":"x"}'],
    ["{ access_token: 'no', 'id_token': 'yes' }", "{ access_token: 'no', 'id_token': '…' }"],
    ['__Secure-next-auth.session-token=abc; theme=dark', '__Secure-next-auth.session-token=…; theme=dark'],
    ['_interaction_resume=abc', '_interaction_resume=…'],
    ['postgresql://ehr:secret@db:5432/ehr', 'postgresql://…@db:5432/ehr'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln and more', '… and more'],
    [`the token ${token} is unknown`, 'the token … is unknown'],
    [
      'at Object.run (file:///srv/lib/data/database/transaction.ts:10:5)',
      'at Object.run (file:///srv/lib/data/database/transaction.ts:10:5)',
    ],
    [
      '20261129120000_add_something and 6a569725-34ab-4a08-85c0-038274c9a0f7',
      '20261129120000_add_something and 6a569725-34ab-4a08-85c0-038274c9a0f7',
    ],
  ])('%s becomes %s', (text, wanted) => expect(withoutSecrets(text)).toBe(wanted));
});

it('is written for people on a terminal', () => {
  log.warn('It failed.', { part: 'of it', n: 2, error: new Error('why', { cause: new Error('because') }) });
  const [first, ...rest] = prettyLine(logged.text(), false).split('\n');
  expect(first).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}It failed\. part="of it" n=2$/);
  expect(rest.filter((line) => !/^\s+at /.test(line))).toEqual(['  Error: why', 'caused by', '    Error: because', '']);
});
