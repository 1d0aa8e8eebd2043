import { escapeHtml, plainPage, plainPageHeaders } from './plain-page.ts';

/** A request of a browser that trouble has kept from being answered. */
export interface TroubledRequest {
  method: string;
  /** The path with its query. */
  address: string;
  cookie?: string | undefined;
}

export const troublePageHeaders = plainPageHeaders;

/** The page for a request that met trouble that passes: what it means, and how to try again. It needs no script. */
export function troublePage({ method, address, cookie }: TroubledRequest): string {
  const isReading = method === 'GET' || method === 'HEAD';
  return plainPage(
    {
      title: 'The server is busy',
      paragraphs: isReading
        ? [
            'It could not show this page: its database does not answer in time. Nothing is lost by that.',
            'Try again in a moment.',
          ]
        : [
            'It could not do this: its database does not answer in time. Most likely nothing that you sent was saved.',
            'Go back with your browser’s Back button, where most of what you entered is still there, and send it again in a moment.',
          ],
      markup: isReading ? `<p><a href="${escapeHtml(address)}">Try again</a></p>` : '',
    },
    cookie,
  );
}

/** The page for a request as `fetch` has it. */
export function troublePageFor({ method, url, headers }: Request): string {
  const { pathname, search } = new URL(url);
  return troublePage({ method, address: `${pathname}${search}`, cookie: headers.get('cookie') ?? '' });
}

/** Whether a browser wants a page to show: it says so by itself, or takes HTML before anything else. */
export function wantsPage(header: (name: string) => string | undefined | null): boolean {
  const destination = header('sec-fetch-dest');
  if (destination) return ['document', 'iframe', 'frame'].includes(destination);
  return /^\s*text\/html\b/.test(header('accept') ?? '');
}
