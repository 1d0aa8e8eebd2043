import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import type { Interaction } from '../request/interaction.ts';
import { readInteraction } from '../routing/read-interaction.ts';
import { atEntry } from './entry-error.ts';

/** Bundles with more entries are refused: they would hold their locks for too long. */
const maxEntries = 5000;

/** Resources may be nested 100 levels deep, and the Bundle adds three more around them. */
const maxDepth = 104;

/** Far more than HTTP lets through, and little enough to be taken apart at once. */
const maxUrlLength = 64 * 1024;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One entry of a batch or a transaction, read as a request of its own. */
export interface Entry {
  index: number;
  fullUrl?: string;
  resource?: unknown;
  method: string;
  /** The absolute URL, under the FHIR base. */
  url: URL;
  interaction: Interaction;
  /** The values of its conditional headers, by name. */
  headers: Record<string, string>;
}

/** Reads the type and the entries of a batch or transaction; each entry is read separately by `readEntry`. */
export function readBundle(body: unknown): { type: 'batch' | 'transaction'; entries: unknown[] } {
  const { resourceType, type, entry = [] } = membersOf(body);
  if (resourceType !== 'Bundle') throw invalid('What is posted to the base is a Bundle.');
  if (type !== 'batch' && type !== 'transaction') {
    throw invalid(`A Bundle posted to the base is a batch or a transaction, not ${quote(String(type))}.`);
  }
  if (!Array.isArray(entry)) throw invalid('Bundle.entry: expected an array.');
  if (entry.length > maxEntries) {
    throw new FhirError(413, 'too-costly', `A Bundle may have ${maxEntries} entries; this one has ${entry.length}.`);
  }
  if (isDeeper(body, maxDepth)) throw invalid('The Bundle is nested deeper than 100 levels.');
  return { type, entries: entry };
}

/**
 * Reads one entry as a request to this FHIR server.
 * @throws FhirError 400 for an entry that is not one, 404 for an address unknown to FHIR.
 */
export function readEntry(sent: unknown, index: number, base: string): Entry {
  return atEntry(index, () => {
    const { fullUrl, resource, request } = membersOf(sent);
    const requested = membersOf(request);
    const method = methodOf(requested);
    const url = urlOf(requested, base);
    const interaction = readInteraction(method, url.pathname.slice(new URL(base).pathname.length));
    const entry = { index, method, url, interaction, headers: headersOf(requested), resource };
    if (fullUrl === undefined) return entry;
    if (typeof fullUrl !== 'string') throw invalid('fullUrl is no text.');
    return { ...entry, fullUrl };
  });
}

function methodOf({ method }: Record<string, unknown>): string {
  if (typeof method === 'string' && methods.includes(method)) return method;
  throw invalid(`request.method is one of ${methods.join(', ')}, not ${quote(String(method))}.`);
}

/**
 * The URL of an entry: relative to the base, or absolute and under it. Entries for other servers or sandboxes are
 * refused.
 */
function urlOf({ url: sent }: Record<string, unknown>, base: string): URL {
  if (typeof sent !== 'string') throw invalid('request.url is missing.');
  if (sent.length > maxUrlLength) throw invalid(`request.url is longer than ${maxUrlLength} characters.`);
  const url = URL.parse(sent, `${base}/`);
  if (!url || (url.href !== base && !`${url.href}/`.startsWith(`${base}/`))) {
    throw invalid(`request.url ${quote(sent)} is not under ${base}.`);
  }
  return url;
}

const headerNames: Record<string, string> = {
  ifMatch: 'if-match',
  ifNoneMatch: 'if-none-match',
  ifModifiedSince: 'if-modified-since',
  ifNoneExist: 'if-none-exist',
};

function headersOf(request: Record<string, unknown>): Record<string, string> {
  const sent = Object.entries(headerNames).filter(([member]) => request[member] !== undefined);
  return Object.fromEntries(sent.map(([member, header]) => [header, headerOf(member, request[member])]));
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
function headerOf(member: string, value: unknown): string {
  if (typeof value !== 'string' || !/^[\t -~]*$/.test(value)) {
    throw invalid(`request.${member}: expected what the HTTP header would hold.`);
  }
  if (member !== 'ifModifiedSince') return value;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw invalid(`request.ifModifiedSince: ${quote(value)} is no instant.`);
  return new Date(time).toUTCString();
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
