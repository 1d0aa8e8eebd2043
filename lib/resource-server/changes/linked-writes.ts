import type { FhirResource } from 'fhir/r4';
import { type Criteria, findMatches, type Match } from '#lib/data/resource/matching-resources.ts';
import { type Writer, type WrittenResource, writeResources } from '#lib/data/resource/write.ts';
import { FhirError, quote } from '#lib/fhir/fhir-error.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import type { Content } from './new-content.ts';
import { forChange, RefusedChange } from './refused-change.ts';
import { several, type Target } from './targets.ts';

/** Makes links literal once it is known which resources the changes concern. */
export type Linker = (targets: Target[]) => Links;

export interface Links {
  /** The resource with literal links; `wanting` lists the conditional references that are not in `found`. */
  relink(content: Content, found: ReadonlyMap<string, string>): { resource: FhirResource; wanting: string[] };
  /**
   * The criteria of a conditional reference. @throws RefusedChange when they are invalid.
   * @throws RefusedChange for what are none.
   */
  criteria(content: Content, reference: string): Criteria;
}

type Written = ReadonlyMap<string, WrittenResource>;

/**
 * Writes `contents`. A resource with conditional references is written once they are resolved, possibly to resources
 * that this call has just written.
 * @throws RefusedChange 412 for a conditional reference that matches nothing, or several resources.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export async function writeLinked(writer: Writer, contents: Content[], links?: Links): Promise<Written> {
  const written = new Map<string, WrittenResource>();
  const found = new Map<string, string>();
  let waiting = contents;
  while (waiting.length > 0) {
    const linked: Linked[] = [];
    for await (const content of inTurns(waiting)) {
      linked.push({ content, ...(links?.relink(content, found) ?? ready(content)) });
    }
    const whole = linked.filter(({ wanting }) => wanting.length === 0);
    for (const one of await write(writer, whole)) written.set(`${one.resourceType}/${one.id}`, one);
    const rest = linked.filter(({ wanting }) => wanting.length > 0);
    if (links) await resolve(writer, links, rest, found);
    waiting = rest.map(({ content }) => content);
  }
  return written;
}

interface Linked {
  content: Content;
  resource: FhirResource;
  wanting: string[];
}

function ready({ resource }: Content): Omit<Linked, 'content'> {
  return { resource, wanting: [] };
}

async function write(writer: Writer, linked: Linked[]): Promise<WrittenResource[]> {
  const writes = linked.map(({ content, resource }) => ({ ...content, resource }));
  return writes.length > 0 ? writeResources(writer, writes) : [];
}

/**
 * Adds the current targets of the conditional references of `linked` to `found`, and refuses when none can be resolved.
 */
async function resolve(writer: Writer, links: Links, linked: Linked[], found: Map<string, string>): Promise<void> {
  const wanted = new Map(linked.flatMap((one) => one.wanting.map((reference) => [reference, one.content])));
  const criteria = [...wanted].map(([reference, content]) => links.criteria(content, reference));
  const matches = await findMatches(writer, criteria);
  const before = found.size;
  for (const [at, [reference, { index }]] of [...wanted].entries()) {
    const [match] = forChange(index, () => atMostOne(matches[at], reference));
    if (match) found.set(reference, `${criteria[at]?.resourceType}/${match.id}`);
  }
  const [first] = linked;
  if (first && found.size === before)
    throw new RefusedChange(first.content.index, leadsNowhere(first.wanting[0] ?? ''));
}

function atMostOne(matches: Match[] = [], reference: string): Match[] {
  if (matches.length > 1) throw several(reference);
  return matches;
}

function leadsNowhere(reference: string): FhirError {
  return new FhirError(412, 'not-found', `The reference ${quote(reference)} leads to nothing that you may search for.`);
}
