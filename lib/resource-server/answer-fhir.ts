import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { accepts } from '#lib/http/accept.ts';
import { preflight } from '#lib/http/cors.ts';
import { answerError, answerText } from './answer.ts';
import { authenticate } from './bearer.ts';
import { requireJson } from './body.ts';
import { answerMetadata, answerSmartConfiguration } from './discovery.ts';
import { type Interaction, interactionOf } from './interaction.ts';
import { readStored, requireType } from './read.ts';
import { searchText } from './search.ts';
import { searchParametersOf } from './search-parameters.ts';

const jsonTypes = ['application/fhir+json', 'application/json', 'application/json+fhir', 'text/json'];

/**
 * Answers every request below the FHIR base of the sandbox `slug`, `/{slug}/fhir/…`, except the launch service's. Never
 * throws: what goes wrong is an OperationOutcome.
 * @see https://hl7.org/fhir/R4/http.html
 */
export async function answerFhir(request: Request, slug: string): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight(['GET', 'HEAD', 'POST', 'OPTIONS']);
  const answer = await answered(request, slug).catch(answerError);
  return request.method === 'HEAD' ? new Response(null, answer) : answer;
}

async function answered(request: Request, slug: string): Promise<Response> {
  const interaction = interactionOf(request.method, pathBelowBase(request));
  if (interaction.kind === 'smart-configuration') return answerSmartConfiguration(slug);
  requireJsonAccepted(request);
  if (interaction.kind === 'metadata') return answerMetadata(slug);
  return answerCaller(request, slug, interaction);
}

type Closed = Exclude<Interaction, { kind: 'metadata' | 'smart-configuration' }>;

async function answerCaller(request: Request, slug: string, interaction: Closed): Promise<Response> {
  const { sandbox, permission } = await authenticate(request, slug);
  if (interaction.kind === 'unsupported') return refuse(request, interaction.allow);
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
    'Content-Location': `${fhirBaseOf(slug)}/${resourceType}/${interaction.id}`,
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
