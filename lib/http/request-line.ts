const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * What a request is answered that frameworks fail on before they ask us: another method, such as TRACE, or a path that
 * cannot be decoded. Undefined: it may go on.
 */
export function refusalOf({ method = '', url = '/' }: { method?: string | undefined; url?: string | undefined }) {
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
