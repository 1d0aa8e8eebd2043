import type { WrittenAnswer } from '#scripts/papers/exchanges.ts';

/** An answer that a server gave. */
export interface GivenAnswer {
  status: number;
  contentType: string;
  body: string;
}

/**
 * What a paper shows of an answer and the server did not send. The paper may leave out members of objects and items of
 * lists; `…` stands for any text, also inside a text.
 */
export function answerIssues(written: WrittenAnswer, given: GivenAnswer): string[] {
  const type = written.headers['Content-Type'] ?? '';
  if (written.status !== given.status) return [`answered ${given.status} ${given.body}, not ${written.status}`];
  if (!given.contentType.startsWith(type)) return [`answered ${given.contentType}, not ${type}`];
  if (!type.endsWith('json')) return written.body === given.body ? [] : [`answered ${given.body}`];
  return valueIssues(JSON.parse(written.body), JSON.parse(given.body), '$');
}

function valueIssues(written: unknown, given: unknown, path: string): string[] {
  if (Array.isArray(written)) return itemIssues(written, given, path);
  if (typeof written === 'object' && written !== null) return memberIssues(written, given, path);
  const fits = typeof written === 'string' ? textFits(written, given) : written === given;
  return fits ? [] : [notThis(path, written, given)];
}

function itemIssues(written: unknown[], given: unknown, path: string): string[] {
  const items = Array.isArray(given) ? given : [];
  const missing = written.filter((item) => !items.some((one) => valueIssues(item, one, path).length === 0));
  return missing.map((item) => notThis(path, item, given));
}

function memberIssues(written: object, given: unknown, path: string): string[] {
  const members = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  return Object.entries(written).flatMap(([name, value]) => valueIssues(value, members[name], `${path}.${name}`));
}

function textFits(written: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const parts = written.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(given);
}

function notThis(path: string, written: unknown, given: unknown): string {
  return `${path} is ${JSON.stringify(given)}, not ${JSON.stringify(written)}`;
}
