import { expect, it } from 'vitest';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { StatementError } from '../statement-error.ts';
import { busyOf, clientHasGone, overTime } from './busy.ts';

const withCode = (code: string, message = 'failed') => Object.assign(new Error(message), { code });

const adapters = (cause: object) => Object.assign(new Error('adapter'), { name: 'DriverAdapterError', cause });

it.each<[what: string, thrown: unknown, issueCode: string | undefined, seconds?: string]>([
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
  ['memory that is used up', withCode('53200'), 'transient'],
  ['a connection that nobody gave back in time', new Error('timeout exceeded when trying to connect'), 'transient'],
  ['a server that shuts down', withCode('57P01'), 'transient'],
  ['a server that starts up', withCode('57P03'), 'no-store'],
  ['a server that cannot be reached', withCode('ECONNREFUSED'), 'no-store'],
  [
    'a server that cannot be reached at any of its addresses',
    new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]),
    'no-store',
  ],
  ['the same as the adapter tells it', adapters({ kind: 'DatabaseNotReachable' }), 'no-store'],
  ['a server that does not let us in any more', withCode('28P01'), 'no-store'],
  [
    'a server that does not answer who connects',
    new Error('Connection terminated due to connection timeout'),
    'no-store',
  ],
  ['a connection that the server has closed', new Error('Connection terminated unexpectedly'), 'transient'],
  ['the same as the adapter tells it', adapters({ kind: 'ConnectionClosed' }), 'transient'],
  ['a server that hangs', new Error('Query read timeout'), 'timeout'],
  ['a network that goes while it is used', Object.assign(withCode('EHOSTUNREACH'), { syscall: 'read' }), 'transient'],
  ['a network that is not there', Object.assign(withCode('EHOSTUNREACH'), { syscall: 'connect' }), 'no-store'],
  ['a deadlock', withCode('40P01'), 'transient'],
  ['a full disk', withCode('53100'), 'no-store', '60'],
  ['a server that only reads', withCode('25006'), 'no-store', '60'],
  ['a disk that fails', withCode('58030'), 'no-store', '60'],
  ['a transaction that could not begin in time', withCode('P2028'), 'transient'],
  ['a transaction that lasted too long', overTime(30_000), 'timeout'],
  ['a transaction whose client has gone', clientHasGone(), 'transient'],
  ['a row that is there already', withCode('P2002'), undefined],
  ['a statement that is wrong', new StatementError('syntax error', '42601'), undefined],
  ['a refusal', new FhirError(404, 'not-found', 'There is no 57014.'), undefined],
  ['a text that happens to have the code', new Error('57014'), undefined],
  ['something that is no error', '57014', undefined],
  ['nothing', undefined, undefined],
])('%s', (_, thrown, issueCode, seconds = '5') => {
  const busy = busyOf(thrown);
  expect(busy?.issueCode).toBe(issueCode);
  if (!issueCode) return;
  expect([busy?.status, busy?.headers, busy?.name]).toEqual([503, { 'Retry-After': seconds }, 'FhirError']);
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
