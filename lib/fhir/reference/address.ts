import type { ResourceName } from './reference.ts';

const below = /^(?<resourceType>[A-Z][A-Za-z]{1,63})\/(?<id>[A-Za-z0-9\-.]{1,64})(?:\/|$)/;

/**
 * Reads any spelling of an address that leads to a resource below `base` or to what is below that resource: a reference, a
 * canonical with its `|version`, and a URL with a query, a fragment, escapes, dots, doubled or final slashes, whatever the
 * case of its host. Undefined for other addresses.
 * @see https://hl7.org/fhir/R4/references.html#canonical
 */
export function parseAddress(address: string, base = 'http://nowhere.invalid'): ResourceName | undefined {
  const [unversioned = ''] = address.trim().split('|');
  const root = new URL(`${base}/`);
  const there = URL.parse(unversioned.replace(/^\/+(?=[A-Z])/, ''), root);
  if (there?.host !== root.host) return undefined;
  const [start, path] = [plain(root.pathname), plain(there.pathname)];
  const { resourceType, id } = (path.startsWith(start) && below.exec(path.slice(start.length))?.groups) || {};
  return resourceType && id ? { resourceType, id } : undefined;
}

function plain(path: string): string {
  return unescaped(path).replace(/\/{2,}/g, '/');
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
