import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import { expect } from 'vitest';
import type { Expected, Way } from './expected.ts';
import { type Ledger, label, type Version } from './ledger.ts';
import { inOrder } from './sorting.ts';

/** Follows a link of a Bundle. */
export type Follow = (url: string) => Promise<Response>;

/** A hospital as the comparison needs it: what it holds, and where it says that it is. */
export interface Compared {
  ledger: Ledger;
  base: string;
}

/** Compares a Bundle, page after page, with what the reference expects of it. */
export async function compareBundle(
  compared: Compared,
  way: Way,
  expected: Expected,
  first: Response,
  follow: Follow,
): Promise<void> {
  const { matches = [], total = null } = expected;
  const seen: Version[] = [];
  const moments: string[] = [];
  for (let response: Response | undefined = first; response; ) {
    const bundle = (await response.json()) as Bundle;
    const page = comparePage(compared, way, expected, bundle);
    if (response === first || bundle.type === 'searchset') expect(bundle.total ?? null).toBe(total);
    seen.push(...page);
    moments.push(...momentsOf(bundle));
    expect(seen.length).toBeLessThanOrEqual(matches.length);
    response = await nextPage(bundle, follow);
  }
  expect(seen.map(label).toSorted()).toEqual(matches.map(label).toSorted());
  compareOrder(seen, expected);
  expect(moments).toEqual(moments.toSorted().toReversed());
}

async function nextPage({ link = [] }: Bundle, follow: Follow): Promise<Response | undefined> {
  const next = link.find(({ relation }) => relation === 'next');
  return next && follow(next.url);
}

function compareOrder(seen: Version[], { order, descending = [] }: Expected): void {
  if (!order) return;
  const keys = seen.map(order);
  expect({ keys, inOrder: inOrder(keys, descending) }).toEqual({ keys, inOrder: true });
}

/** When the versions of a history were made; empty for other Bundles. */
function momentsOf({ entry = [] }: Bundle): string[] {
  return entry.flatMap(({ response }) => response?.lastModified ?? []);
}

/** The matches of a page; what is included on it belongs to these. */
function comparePage(compared: Compared, way: Way, { includes }: Expected, bundle: Bundle): Version[] {
  const page = entriesOf(bundle, 'match').map((entry) => versionOf(compared, way, entry));
  const found = entriesOf(bundle, 'include').map((entry) => label(versionOf(compared, way, entry)));
  expect(found.toSorted()).toEqual((includes?.(page) ?? []).map(label).toSorted());
  expect(entriesOf(bundle, 'outcome')).toEqual([]);
  return page;
}

/** The entries of a history are all matches. */
function entriesOf({ entry = [] }: Bundle, mode: string): BundleEntry[] {
  return entry.filter(({ search }) => (search?.mode ?? 'match') === mode);
}

/** Compares the version in an entry with the stored one. */
function versionOf(compared: Compared, way: Way, { fullUrl = '', resource, response, request }: BundleEntry): Version {
  const name = fullUrl.slice(compared.base.length + 1);
  const tag = /"(\d+)"/.exec(response?.etag ?? '')?.[1];
  const number = Number(resource?.meta?.versionId ?? tag);
  const found = compared.ledger.history(name).find((version) => version.number === number);
  if (!found) throw new Error(`There never was ${name}@${number}.`);
  expect(request?.method === 'DELETE').toBe(found.deleted);
  if (resource && way.partial) expect(resource.id).toBe(found.made.id);
  else if (resource) compareResource(compared, resource, found);
  else expect(found.deleted).toBe(true);
  return found;
}

/** Compares a resource with the stored one; references to this server must be recognized as such. */
export function compareResource({ base }: Compared, answered: Resource, { made, number }: Version): void {
  const { versionId, lastUpdated: _, ...rest } = answered.meta ?? {};
  const { meta, ...elements } = JSON.parse(JSON.stringify(answered)) as Record<string, unknown>;
  const content = Object.keys(rest).length > 0 ? { ...elements, meta: rest } : elements;
  expect(versionId).toBe(String(number));
  expect(meta).toBeDefined();
  expect(content).toEqual(JSON.parse(JSON.stringify(made.resource).replaceAll(`"${base}/`, '"')));
}
