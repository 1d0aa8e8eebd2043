import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../request-line.ts';

/** How long a form may take to arrive, in milliseconds: what has arrived of it is in memory. */
const maxWait = 60_000;

/** The bytes of all forms that are arriving, of whomever they are. */
const maxHeld = 128 * 1024 * 1024;
let heldOfAll = 0;

const late: Refusal = { status: 408, text: 'The form did not arrive in time. Send it again.' };
const full: Refusal = {
  status: 503,
  text: 'The server is receiving too many forms. Try again in a minute.',
  headers: { 'Retry-After': '60' },
};

/** What may be held of a form and of all of them, in bytes, and for how long, in milliseconds. */
interface HoldLimits {
  length: number;
  all?: number;
  wait?: number;
}

/**
 * Keeps the body of a request back until it has arrived whole, and gives it to `onWhole`; whoever reads the request
 * afterwards gets it as ever. A body of more than `length` bytes is not kept: it goes on to whoever counts it. One that
 * takes too long, or that finds no room, is thrown away and refused. What is called back runs as part of the work that
 * asks for it, and not of the parser that the body comes from.
 */
export function holdBody(
  request: IncomingMessage,
  { length, all = maxHeld, wait = maxWait }: HoldLimits,
  onWhole: (body: Buffer) => void,
  onRefused: (refusal: Refusal) => void,
): void {
  const push = request.push.bind(request);
  const whole = AsyncResource.bind(onWhole);
  const refused = AsyncResource.bind(onRefused);
  let held: Uint8Array[] = [];
  let size = 0;
  const forget = () => {
    clearTimeout(timer);
    heldOfAll -= size;
    held = [];
    size = 0;
  };
  const letGo = () => {
    request.push = push;
    for (const chunk of held) push(chunk);
    forget();
  };
  const refuse = (refusal: Refusal) => {
    forget();
    request.push = () => true;
    refused(refusal);
  };
  const timer = setTimeout(() => refuse(late), wait).unref();
  request.once('close', forget);
  request.push = (chunk) => {
    if (chunk === null) {
      const body = Buffer.concat(held);
      letGo();
      push(null);
      whole(body);
      return false;
    }
    held.push(chunk);
    size += chunk.byteLength;
    heldOfAll += chunk.byteLength;
    if (size > length) letGo();
    else if (heldOfAll > all) refuse(full);
    return true;
  };
}
