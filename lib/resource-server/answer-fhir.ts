import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { accepts } from '#lib/http/accept.ts';
import { openToAllOrigins, preflight } from '#lib/http/cors.ts';
import { answerError, answerText } from './answer.ts';
import { authenticate, type Caller } from './bearer.ts';
import { requireJson } from './body.ts';
import { answerPreflight, readableByApps, readableByClient } from './cross-origin.ts';
import { answerMetadata, answerSmartConfiguration } from './discovery.ts';
import { type Interaction, interactionOf, isDiscovery } from './interaction.ts';
import { readStored, requireType } from './read.ts';
import { searchText } from './search.ts';
import { searchParametersOf } from './search-parameters.ts';

const readMethods = ['GET', 'HEAD', 'OPTIONS'];
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const jsonTypes = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'];

/**
 * Answers every request below the FHIR base of the sandbox `slug`, `/{slug}/fhir/…`, except the launch service's. Never
 * throws: what goes wrong is an OperationOutcome.
 * @see https://hl7.org/fhir/R4/http.html
 */
export async function answerFhir(request: Request, slug: string): Promise<Response> {
  const path = pathBelowBase(request);
  if (request.method === 'OPTIONS') {
    return isDiscovery(path) ? preflight(readMethods, '*') : answerPreflight(request, slug, methods);
  }
  const open = isDiscovery(path) && readMethods.includes(request.method);
  const answer = open ? await answerOpen(request, slug, path) : await answerClosed(request, slug, path);
  return request.method === 'HEAD' ? new Response(null, answer) : answer;
}

/** Discovery is for everyone, and so is the reason why it failed. */
async function answerOpen(request: Request, slug: string, path: string): Promise<Response> {
  try {
    if (interactionOf('GET', path).kind === 'smart-configuration') return await answerSmartConfiguration(slug);
    requireJsonAccepted(request);
    return await answerMetadata(slug);
  } catch (thrown) {
    return answerError(thrown, openToAllOrigins);
  }
}

async function answerClosed(request: Request, slug: string, path: string): Promise<Response> {
  try {
    const interaction = interactionOf(request.method, path);
    requireJsonAccepted(request);
    const caller = await authenticate(request, slug);
    const answer = await answerCaller(request, caller, interaction).catch(answerError);
    return await readableByClient(answer, request, slug, caller.token.clientAddresses);
  } catch (thrown) {
    return readableByApps(answerError(thrown), request, slug);
  }
}

async function answerCaller(request: Request, caller: Caller, interaction: Interaction): Promise<Response> {
  const { sandbox, permission } = caller;
  if (!('resourceType' in interaction))
    return refuse(request, 'allow' in interaction ? interaction.allow : readMethods);
  const { resourceType } = interaction;
  if (interaction.kind === 'search') {
    requireType(resourceType);
    const parameters = await searchParametersOf(request, interaction.inBody);
    const strict = /\bhandling=strict\b/i.test(request.headers.get('prefer') ?? '');
    return answerText(await searchText(sandbox, permission, resourceType, parameters, { strict }));
  }
  const { content, versionId, lastUpdated } = await readStored(sandbox, permission, resourceType, interaction.id);
  return answerText(content, {
    ETag: `W/"${versionId}"`,
    'Last-Modified': lastUpdated.toUTCString(),
    'Content-Location': `${fhirBaseOf(sandbox.slug)}/${resourceType}/${interaction.id}`,
  });
}

/** `/{slug}/fhir/Patient/1` -> `Patient/1`. */
function pathBelowBase(request: Request): string {
  return new URL(request.url).pathname.split('/').slice(3).join('/');
}

/** `_format` counts more than Accept, which a browser's address bar cannot set. */
function requireJsonAccepted(request: Request): void {
  const format = new URL(request.url).searchParams.get('_format');
  const wanted = format === 'json' ? 'application/fhir+json' : format?.replaceAll(' ', '+');
  if (accepts(wanted ?? request.headers.get('accept'), jsonTypes)) return;
  throw new FhirError(406, 'not-supported', `This server speaks JSON only: ask for ${jsonTypes[0]}.`);
}

/** @throws FhirError always: 400 for a body that is not JSON, otherwise 405. */
async function refuse(request: Request, allow: string[]): Promise<never> {
  if (['POST', 'PUT', 'PATCH'].includes(request.method)) await requireJson(request);
  throw new FhirError(405, 'not-supported', `${request.method} is not supported here yet.`, {
    Allow: [...allow, 'OPTIONS'].join(', '),
  });
}
