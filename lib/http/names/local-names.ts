import { readFile } from 'node:fs/promises';

/** The addresses that a hosts file gives to names in lower case. @see hosts(5) */
export function parseHosts(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!address) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), address.replace(/%.*/, '')]);
    }
  }
  return found;
}

/** How short names are completed: the domains to try, and how many dots make a name complete. @see resolv.conf(5) */
export interface SearchList {
  domains: string[];
  ndots: number;
}

/** Reads the search list of a resolv.conf; of several the last counts. */
export function parseSearchList(text: string): SearchList {
  const last = (pattern: RegExp) => [...text.matchAll(pattern)].at(-1)?.[1];
  const domains =
    last(/^[ \t]*(?:search|domain)[ \t]+(.*)$/gm)
      ?.trim()
      .split(/\s+/) ?? [];
  return { domains: domains.slice(0, 6), ndots: Number(last(/^[ \t]*options\b.*\bndots:(\d{1,2})/gm) ?? 1) };
}

/** The complete names that `name` may stand for, in the order in which they are tried. */
export function completed(name: string, { domains, ndots }: SearchList): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const longer = domains.map((domain) => `${name}.${domain}`);
  return name.split('.').length > ndots ? [name, ...longer] : [...longer, name];
}

/** Whether a name always leads to this machine. @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
export function isLocalhost(name: string): boolean {
  return /(^|\.)localhost\.?$/.test(name);
}

/** Reads a configuration file of the system at most every ten seconds; one that is not there counts as empty. */
export function watched<Content>(path: string, parse: (text: string) => Content): () => Promise<Content> {
  let content: Promise<Content> | undefined;
  let readAt = 0;
  return () => {
    if (!content || performance.now() - readAt > 10_000) {
      readAt = performance.now();
      content = readFile(path, 'utf8').then(parse, () => parse(''));
    }
    return content;
  };
}
