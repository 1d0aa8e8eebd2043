import { Prisma } from '#prisma/generated/client.ts';

/** Tells whether a write failed because something with the same unique name or id is stored already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/**
 * For the `catch` of a write: undefined when it failed because what it belongs to, such as its app, was removed just
 * before. Every other error is thrown again.
 */
export function unlessOrphaned(error: unknown): undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') return undefined;
  throw error;
}
