import { Prisma } from '#prisma/generated/client.ts';

type Reader = (text: string) => unknown;

const readInstant: Reader = (text) => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
const readDecimal: Reader = (text) => new Prisma.Decimal(text);

/** Rejects types that the two drivers read differently; no statement here returns them. */
const unread: Reader = () => {
  throw new Error('This server does not read arrays of numbers or dates: select the array as text[].');
};

const readers: [read: Reader, ...types: number[]][] = [
  [BigInt, 20],
  [JSON.parse, 114, 3802],
  [(text) => new Date(`${text}T00:00:00Z`), 1082],
  [(text) => new Date(`${text.replace(' ', 'T')}Z`), 1114],
  [readInstant, 1184],
  [readDecimal, 1700],
  [unread, 199, 1016, 1115, 1182, 1185, 1231, 3807],
];

/**
 * Readers for the column types that the drivers parse differently, by the object id of the type. With them a row has
 * the same values from either database, and inside and outside of a transaction.
 * @see https://www.postgresql.org/docs/current/catalog-pg-type.html
 */
export const columnReaders: ReadonlyMap<number, Reader> = new Map(
  readers.flatMap(([read, ...types]) => types.map((type): [number, Reader] => [type, read])),
);
