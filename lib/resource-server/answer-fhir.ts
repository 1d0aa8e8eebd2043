import { FhirError } from '#lib/fhir/fhir-error.ts';
import { accepts } from '#lib/http/accept.ts';
import { openToAllOrigins, preflight } from '#lib/http/cors.ts';
import { audited } from './audit/audited.ts';
import { answerMetadata, answerSmartConfiguration } from './discovery/discovery.ts';
import { perform } from './perform.ts';
import { answerError, prettyPrinted } from './request/answer.ts';
import { authenticate } from './request/bearer.ts';
import { jsonTypes } from './request/body.ts';
import { answerPreflight, readableByApps, readableByClient } from './request/cross-origin.ts';
import { answerFailure } from './request/failure-of.ts';
import { fhirMethods, isDiscovery, readInteraction } from './routing/read-interaction.ts';

const readMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Answers every request below the FHIR base of the sandbox `slug`, `/{slug}/fhir/…`, except those to the launch
 * service. Never throws: errors become OperationOutcomes.
 * @see https://hl7.org/fhir/R4/http.html
 */
export async function answerFhir(request: Request, slug: string): Promise<Response> {
  const path = pathBelowBase(request);
  if (request.method === 'OPTIONS') {
    return isDiscovery(path) ? preflight(readMethods, '*') : answerPreflight(request, slug, fhirMethods);
  }
  const open = isDiscovery(path) && readMethods.includes(request.method);
  const found = open ? await answerOpen(request, slug, path) : await answerClosed(request, slug, path);
  const answer = isPrettyWanted(request) ? await prettyPrinted(found) : found;
  return request.method === 'HEAD' ? new Response(null, answer) : answer;
}

/** Discovery is open to everybody, and so are the reasons when it fails. */
async function answerOpen(request: Request, slug: string, path: string): Promise<Response> {
  try {
    if (readInteraction('GET', path).kind === 'smart-configuration') return await answerSmartConfiguration(slug);
    requireJsonAccepted(request);
    return await answerMetadata(slug);
  } catch (thrown) {
    return answerError(thrown, openToAllOrigins);
  }
}

async function answerClosed(request: Request, slug: string, path: string): Promise<Response> {
  try {
    const interaction = readInteraction(request.method, path);
    requireJsonAccepted(request);
    const caller = await authenticate(request, slug);
    const answer = await audited({ request, caller, path, interaction }, () =>
      perform(request, caller, interaction).catch((thrown) => answerFailure(thrown, caller)),
    );
    return await readableByClient(answer, request, slug, caller.token.clientAddresses);
  } catch (thrown) {
    return readableByApps(answerError(thrown), request, slug);
  }
}

/** `/{slug}/fhir/Patient/1` -> `Patient/1`. */
function pathBelowBase(request: Request): string {
  return new URL(request.url).pathname.split('/').slice(3).join('/');
}

/** @see https://hl7.org/fhir/R4/http.html#pretty */
function isPrettyWanted(request: Request): boolean {
  return new URL(request.url).searchParams.get('_pretty') === 'true';
}

/**
 * Refuses a request that accepts no JSON. `_format` overrides Accept, which cannot be set in a browser's address bar.
 */
function requireJsonAccepted(request: Request): void {
  const format = new URL(request.url).searchParams.get('_format');
  const wanted = format === 'json' ? 'application/fhir+json' : format?.replaceAll(' ', '+');
  if (accepts(wanted ?? request.headers.get('accept'), jsonTypes)) return;
  throw new FhirError(406, 'not-supported', `This server speaks JSON only: ask for ${jsonTypes[0]}.`);
}
