/** An answer that takes the place of the one that was asked for. */
export interface Refusal {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * The refusal for requests that make frameworks fail before they call us: unknown methods such as TRACE, paths that
 * cannot be decoded, and targets that are no path: `*`, or the whole address, which names a host of the sender's
 * choice. Undefined when the request may proceed.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function refusalOf({
  method = '',
  url = '/',
}: {
  method?: string | undefined;
  url?: string | undefined;
}): Refusal | undefined {
  if (!methods.has(method)) return { status: 405, text: `${method} is not answered here.` };
  if (!url.startsWith('/')) return { status: 400, text: 'The address must be a path that begins with /.' };
  const path = url.split('?')[0] ?? '';
  if (!isText(path)) return { status: 400, text: 'The address is not UTF-8 text.' };
  return isDirect(path) ? undefined : { status: 400, text: 'The address must have no segments . or .., and no \\.' };
}

/** Whether a path names what it says: frameworks go up for `..`, also when it is encoded, and take `\\` for `/`. */
function isDirect(path: string): boolean {
  return !path.includes('\\') && !path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
