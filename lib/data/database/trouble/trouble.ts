/**
 * What ails a database that did not do what it was asked, though nothing is wrong with what it was asked:
 *
 * - `slow`: it took longer than anybody may
 * - `held`: somebody else holds what it needs, or wrote the same at the same time
 * - `crowded`: it has no connection or memory left
 * - `unreachable`: no connection can be made, so nothing has run
 * - `lost`: a connection broke under a statement, which may have run or not
 * - `silent`: it gave no answer, so that the statement may have run or not, and its connection was given up
 * - `closed`: it takes no changes, because its disk is full or it is read-only
 */
export type TroubleKind = 'slow' | 'held' | 'crowded' | 'unreachable' | 'lost' | 'silent' | 'closed';

/**
 * SQLSTATEs, codes of Prisma, kinds of its adapters and codes of the system.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const codes: readonly [pattern: RegExp, kind: TroubleKind][] = [
  [/^(57014|25P0[34])$/, 'slow'],
  [/^(55P03|55006|40001|40P01|P2034)$/, 'held'],
  [/^(25006|53100|58\w{3}|ENOSPC|EROFS)$/, 'closed'],
  [/^(53\w{3}|P2024|P2028|P2037|EMFILE|ENFILE)$/, 'crowded'],
  [
    /^(57P0[345]|0800[14]|28\w{3}|3D000|P100[0123]|P101[01]|ECONNREFUSED|ENOTFOUND|EAI_\w+|E(HOST|NET)\w+)$/,
    'unreachable',
  ],
  [/^(DatabaseNotReachable|TlsConnectionError)$/, 'unreachable'],
  [/^(57P0[12]|08\w{3}|P1008|P1017|ECONNRESET|ECONNABORTED|ETIMEDOUT|EPIPE|ConnectionClosed|SocketTimeout)$/, 'lost'],
];

/** What drivers say without a code. */
const messages: readonly [pattern: RegExp, kind: TroubleKind][] = [
  [/^Query read timeout/, 'silent'],
  [/^timeout exceeded when trying to connect/, 'crowded'],
  [/^Connection terminated due to connection timeout/, 'unreachable'],
  [/^(Connection terminated|Client has encountered a connection error|Client was closed)/, 'lost'],
  [
    /^(Cannot use a pool after calling end|PGlite is clos|The server does not support SSL|There was an error establ)/,
    'unreachable',
  ],
];

/** The trouble for which something was thrown; undefined when it was thrown for another reason. */
export function troubleOf(thrown: unknown): TroubleKind | undefined {
  if (brokeUnderUse(thrown)) return 'lost';
  const found = codesOf(thrown, 0);
  for (const [pattern, kind] of codes) if (found.some((code) => pattern.test(code))) return kind;
  const message = thrown instanceof Error ? thrown.message : '';
  return messages.find(([pattern]) => pattern.test(message))?.[1];
}

/** The kinds after which nobody knows whether a statement that was sent has run. */
export function isUnknownEnd(trouble: TroubleKind | undefined): boolean {
  return trouble === 'lost' || trouble === 'silent';
}

const maxDepth = 4;

/**
 * Whether the system gave up a connection that was there, such as over a network that has gone: its code alone is the
 * same when no connection could be made.
 */
function brokeUnderUse(thrown: unknown, depth = 0): boolean {
  if (typeof thrown !== 'object' || thrown === null || depth > maxDepth) return false;
  const { syscall, cause } = thrown as { syscall?: unknown; cause?: unknown };
  return syscall === 'read' || syscall === 'write' || brokeUnderUse(cause, depth + 1);
}

/** Every code that an error and its causes carry: each driver has its own place for it. */
function codesOf(thrown: unknown, depth: number): string[] {
  if (typeof thrown !== 'object' || thrown === null || depth > maxDepth) return [];
  const { code, kind, originalCode, message, cause, meta, driverAdapterError, errors } = thrown as Record<
    string,
    unknown
  >;
  const [, inMessage] = /\bCode: `(\w+)`/.exec(String(message)) ?? [];
  const own = [code, kind, originalCode, inMessage].filter((found) => typeof found === 'string');
  // Several addresses of one host fail together, as one error without a code of its own.
  const inner = [cause, meta, driverAdapterError, ...(Array.isArray(errors) ? errors : [])];
  return [...own, ...inner.flatMap((one) => codesOf(one, depth + 1))];
}
