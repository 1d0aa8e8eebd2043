import type { StoredResource } from '#lib/data/resource/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { isPartial, subsetText } from '#lib/fhir/bundle/subset.ts';
import { invalid } from '#lib/fhir/fhir-error.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { isHeld } from '#lib/http/entity-tag.ts';
import { answerText } from '../request/answer.ts';
import type { Caller } from '../request/bearer.ts';
import { searchParametersOf } from '../request/search-parameters.ts';
import { readVersion } from './history.ts';
import { readStored } from './read.ts';

/**
 * Answers a read, with 304 when the client already holds the version.
 * @throws FhirError as `readStored`, 400 for an invalid `_summary` or `_elements`.
 * @see https://hl7.org/fhir/R4/http.html#read
 */
export async function answerRead(
  request: Request,
  caller: Caller,
  { resourceType, id }: { resourceType: string; id: string },
): Promise<Response> {
  const wanted = await partOf(request, resourceType);
  const stored = await readStored(caller, resourceType, id);
  return unlessHeld(request, answerStored(caller, wanted, stored, `${resourceType}/${id}`));
}

/** Answers a vread. @throws FhirError as `readVersion`. @see https://hl7.org/fhir/R4/http.html#vread */
export async function answerVersionRead(
  request: Request,
  caller: Caller,
  { resourceType, id, versionId }: { resourceType: string; id: string; versionId: string },
): Promise<Response> {
  const wanted = await partOf(request, resourceType);
  const found = await readVersion(caller, resourceType, id, versionId);
  return answerStored(caller, wanted, found, `${resourceType}/${id}/_history/${found.versionId}`);
}

type Part = (content: string) => string;

/**
 * Makes the function that reduces a resource as `_summary` and `_elements` ask.
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
async function partOf(request: Request, resourceType: string): Promise<Part> {
  const pairs = [...(await searchParametersOf(request, false))].filter(([name]) => /^_(summary|elements)$/.test(name));
  const { view, count } = parseSearch(resourceType, pairs);
  if (count === 0) throw invalid('_summary=count counts matches, and a read has none.');
  return isPartial(view) ? (content) => subsetText(content, view) : (content) => content;
}

function answerStored({ sandbox }: Caller, part: Part, stored: StoredResource, location: string): Response {
  const { content, versionId, lastUpdated } = stored;
  return answerText(part(content), {
    ETag: `W/"${versionId}"`,
    'Last-Modified': lastUpdated.toUTCString(),
    'Content-Location': `${fhirBaseOf(sandbox.slug)}/${location}`,
  });
}

/**
 * Answers 304 without the content when the client already holds this version. If-Modified-Since is ignored when there
 * is an If-None-Match.
 * @see https://hl7.org/fhir/R4/http.html#cread
 */
function unlessHeld(request: Request, answer: Response): Response {
  const tags = request.headers.get('if-none-match');
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  const modified = Date.parse(answer.headers.get('last-modified') ?? '');
  const held = tags === null ? modified <= since : isHeld(tags, answer.headers.get('etag') ?? '');
  return held ? new Response(null, { status: 304, headers: withoutContent(answer.headers) }) : answer;
}

function withoutContent(answered: Headers): Headers {
  const headers = new Headers(answered);
  headers.delete('content-type');
  return headers;
}
