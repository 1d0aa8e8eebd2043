import { tooLong } from '#lib/http/body/read-body.ts';

/** Thrown by what reads a request for `memberRoute`, which refuses the request with 413. */
export class BodyTooLong extends Error {
  constructor(maxBytes: number) {
    super(tooLong(maxBytes));
  }
}
