import { expect, it } from 'vitest';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { busyOf, clientHasGone, overTime } from './busy.ts';
import { StatementError } from './statement-error.ts';

const withCode = (code: string, message = 'failed') => Object.assign(new Error(message), { code });

it.each<[what: string, thrown: unknown, issueCode: string | undefined]>([
  ['a statement that took too long', new StatementError('canceling statement', '57014'), 'timeout'],
  ['the same in a raw query of Prisma', withCode('P2010', 'Raw query failed. Code: `57014`. Message: x'), 'timeout'],
  [
    'the same in a model of Prisma',
    Object.assign(withCode('P2039'), { meta: { driverAdapterError: { cause: { originalCode: '57014' } } } }),
    'timeout',
  ],
  ['a transaction whose process said nothing', withCode('25P03'), 'timeout'],
  ['a lock that others held for too long', withCode('55P03'), 'transient'],
  ['too many connections', withCode('53300'), 'transient'],
  ['a server that shuts down', withCode('57P01'), 'transient'],
  ['a server that cannot be reached', withCode('ECONNREFUSED'), 'transient'],
  ['a connection that the server has closed', new Error('Connection terminated unexpectedly'), 'transient'],
  ['a transaction that could not begin in time', withCode('P2028'), 'transient'],
  ['a transaction that lasted too long', overTime(30_000), 'timeout'],
  ['a transaction whose client has gone', clientHasGone(), 'transient'],
  ['a row that is there already', withCode('P2002'), undefined],
  ['a statement that is wrong', new StatementError('syntax error', '42601'), undefined],
  ['a refusal', new FhirError(404, 'not-found', 'There is no 57014.'), undefined],
  ['a text that happens to have the code', new Error('57014'), undefined],
  ['something that is no error', '57014', undefined],
  ['nothing', undefined, undefined],
])('%s', (_, thrown, issueCode) => {
  const busy = busyOf(thrown);
  expect(busy?.issueCode).toBe(issueCode);
  if (!issueCode) return;
  expect([busy?.status, busy?.headers, busy?.name]).toEqual([503, { 'Retry-After': '5' }, 'FhirError']);
});

it('tells nothing of what the database said', () => {
  const thrown = withCode('55P03', 'canceling statement: Patient/secret');
  expect(busyOf(thrown)?.message).not.toContain('secret');
});

it('looks into causes, but not without end', () => {
  const thrown = withCode('x');
  thrown.cause = thrown;
  expect(busyOf(thrown)).toBeUndefined();
});
