import type { StoredResource } from '#lib/data/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { isHeld } from '#lib/http/entity-tag.ts';
import { answerText } from './answer.ts';
import type { Caller } from './bearer.ts';
import { readJson } from './body.ts';
import { historyOf, readVersion } from './history.ts';
import type { Interaction } from './interaction.ts';
import { readStored, requireType } from './read.ts';
import { searchText } from './search.ts';
import { searchWidely } from './search-all.ts';
import { searchParametersOf } from './search-parameters.ts';
import { answerCreate, answerDelete, answerUpdate } from './write.ts';

/** What an interaction is answered with for `caller`. @throws FhirError for expected trouble. */
export async function perform(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  const { sandbox, permission } = caller;
  switch (interaction.kind) {
    case 'read': {
      const { resourceType, id } = interaction;
      const stored = await readStored(sandbox, permission, resourceType, id);
      return unlessHeld(request, answerVersion(caller, stored, `${resourceType}/${id}`));
    }
    case 'vread': {
      const { resourceType, id, versionId } = interaction;
      const found = await readVersion(caller, resourceType, id, versionId);
      return answerVersion(caller, found, `${resourceType}/${id}/_history/${found.versionId}`);
    }
    case 'search':
      return answerSearch(request, caller, interaction);
    case 'search-system':
    case 'search-compartment':
    case 'everything':
      return answerWideSearch(request, caller, interaction);
    case 'history-instance':
    case 'history-type':
      return answerText(await historyOf(request, caller, interaction));
    case 'history-system':
      return answerText(await historyOf(request, caller, {}));
    case 'create':
      return answerCreate(request, caller, interaction.resourceType);
    case 'update':
      return answerUpdate(request, caller, interaction.resourceType, interaction.id);
    case 'delete':
      return answerDelete(request, caller, interaction.resourceType, interaction.id);
    default:
      return refuse(request, 'allow' in interaction ? interaction.allow : ['GET', 'HEAD']);
  }
}

async function answerSearch(
  request: Request,
  { sandbox, permission }: Caller,
  { resourceType, inBody }: Extract<Interaction, { kind: 'search' }>,
): Promise<Response> {
  requireType(resourceType);
  const parameters = await searchParametersOf(request, inBody);
  const options = { strict: isStrict(request) };
  return answerText(await searchText(sandbox, permission, resourceType, parameters, options));
}

async function answerWideSearch(
  request: Request,
  caller: Caller,
  interaction: Extract<Interaction, { kind: 'search-system' | 'search-compartment' | 'everything' }>,
): Promise<Response> {
  const inBody = interaction.kind !== 'everything' && interaction.inBody;
  const parameters = await searchParametersOf(request, inBody);
  return answerText(await searchWidely(caller, interaction, parameters, { strict: isStrict(request) }));
}

function isStrict(request: Request): boolean {
  return /\bhandling=strict\b/i.test(request.headers.get('prefer') ?? '');
}

function answerVersion(
  { sandbox }: Caller,
  { content, versionId, lastUpdated }: StoredResource,
  location: string,
): Response {
  return answerText(content, {
    ETag: `W/"${versionId}"`,
    'Last-Modified': lastUpdated.toUTCString(),
    'Content-Location': `${fhirBaseOf(sandbox.slug)}/${location}`,
  });
}

/**
 * 304 without the content when the client holds this version already; If-Modified-Since counts only without If-None-Match.
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

/** @throws FhirError always: 400 for a body that is not JSON, otherwise 405. */
async function refuse(request: Request, allow: string[]): Promise<never> {
  if (['POST', 'PUT', 'PATCH'].includes(request.method)) await readJson(request);
  throw new FhirError(405, 'not-supported', `${request.method} is not supported here.`, {
    Allow: [...allow, 'OPTIONS'].join(', '),
  });
}
