import type { IncomingMessage } from 'node:http';
import { maxBodyLengthAt } from '../body/max-body-length.ts';
import type { Refusal } from '../request-line.ts';

const form = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/**
 * The refusal of a server action, or of a form to a page, that a browser sent from a page of another origin than `site`:
 * the framework would answer 500, as if the server were at fault. Undefined for everything else, and where no origin is
 * named, as by programs that are no browser.
 */
export function refusalOfForeignAction(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  site: string,
): Refusal | undefined {
  const { origin } = headers;
  if (method !== 'POST' || origin === undefined || isOf(site, origin)) return undefined;
  const isForm = form.test(headers['content-type'] ?? '') && maxBodyLengthAt(url.split('?')[0] ?? '') !== undefined;
  if (!isForm && !('next-action' in headers)) return undefined;
  const text = `This was sent from a page of another address than ${site}, and is not answered. Open ${site}, and send it there.`;
  return { status: 403, text, headers: { 'Cache-Control': 'no-store' } };
}

/** Whether an origin names the host of `site`, as the framework compares them: whatever the scheme, behind a proxy. */
function isOf(site: string, origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(site).host;
}
