/** An answer that takes the place of the one that was asked for. */
export interface Refusal {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * The refusal for requests that make frameworks fail before they call us: unknown methods such as TRACE, and paths that
 * cannot be decoded. Undefined when the request may proceed.
 */
export function refusalOf({
  method = '',
  url = '/',
}: {
  method?: string | undefined;
  url?: string | undefined;
}): Refusal | undefined {
  if (!methods.has(method)) return { status: 405, text: `${method} is not answered here.` };
  return isText(url.split('?')[0] ?? '') ? undefined : { status: 400, text: 'The address is not UTF-8 text.' };
}

function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
