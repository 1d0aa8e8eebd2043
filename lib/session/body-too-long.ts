import { tooLong } from '#lib/http/body/read-body.ts';

/** Thrown by what reads a request for `memberRoute`, which refuses the request with 413. */
export class BodyTooLong extends Error {
  constructor(maxBytes: number) {
    super(tooLong(maxBytes));
  }
}

/** What a failed reading of a body came to: only one that is too long is told to its sender. @throws any other error */
export function onlyTooLong(thrown: unknown): BodyTooLong {
  if (thrown instanceof BodyTooLong) return thrown;
  throw thrown;
}
