import { findLaunchTarget } from '#lib/data/launch-refusals.ts';
import { findClientByLaunchUri } from '#lib/data/launch-uris.ts';
import { findLaunch, type LaunchContext, recordLaunch, withdrawLaunch } from '#lib/data/launches.ts';
import { authenticate, type Caller } from '../bearer.ts';
import { refuseBeyondReach } from './context-reach.ts';
import { badRequest, errorResponse, LaunchError } from './launch-error.ts';
import { launchJson } from './launch-json.ts';
import { type LaunchRequest, readLaunchRequest } from './launch-request.ts';

const forPeople = `This is the launch context service of an EHR sandbox. An outside system registers here what an app
shall know when it starts, and gets the launch id that the app brings to the authorization server:

  POST to this address, Authorization: Bearer <access token>, Content-Type: application/json
  {"client_id": "my_app", "parameters": {"patient": "123", "need_patient_banner": false}}

GET {address}/{launch_id} reads a launch back, DELETE withdraws it. A launch id is valid once, until expires_at.
`;

const headers = {
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'WWW-Authenticate',
};

/**
 * Answers the launch context service of the sandbox `slug`: POST registers, GET and DELETE with a launch id as the
 * last path segment read back and withdraw, GET without one explains. Errors are JSON `{error, error_description}`.
 */
export async function answerLaunchService(request: Request, slug: string): Promise<Response> {
  const response = await dispatch(request, slug).catch(errorResponse);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function dispatch(request: Request, slug: string): Promise<Response> {
  const launchId = /\/Launch\/([^/]+)\/?$/.exec(new URL(request.url).pathname)?.[1];
  if (request.method === 'OPTIONS') return preflight();
  if (launchId) return answerLaunch(request, await authenticate(request, slug), launchId);
  if (request.method === 'POST') return register(request, await authenticate(request, slug));
  if (request.method === 'GET')
    return new Response(forPeople, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  return notAllowed('GET, POST');
}

function preflight(): Response {
  const allowed = { 'Access-Control-Allow-Methods': 'GET, POST, DELETE', 'Access-Control-Max-Age': '3600' };
  const names = { 'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept' };
  return new Response(null, { status: 204, headers: { ...allowed, ...names } });
}

async function register(request: Request, caller: Caller): Promise<Response> {
  const asked = await readLaunchRequest(request);
  const { sandbox, token } = caller;
  const clientId = asked.clientId ?? (await clientOf(sandbox.id, asked));
  await refuseBeyondReach(caller, asked.parameters);
  const recorded = await recordLaunch({
    ...{ sandboxId: sandbox.id, clientId, parameters: asked.parameters, origin: 'api', createdBy: token.clientId },
    ...(token.userId ? { userId: token.userId } : {}),
  });
  if ('refusal' in recorded) throw badRequest(recorded.refusal.message);
  return Response.json(launchJson(recorded.launch, caller, recorded.launchUri));
}

async function clientOf(sandboxId: number, { launchUrl = '' }: LaunchRequest): Promise<string> {
  const clientId = await findClientByLaunchUri(sandboxId, launchUrl);
  if (clientId) return clientId;
  throw badRequest(
    'launchUrl is not the launch URI of exactly one app registered in this sandbox. Send client_id instead.',
  );
}

async function answerLaunch(request: Request, caller: Caller, launchId: string): Promise<Response> {
  const launch = await findLaunch(launchId);
  if (!launch || !isOwn(launch, caller)) throw noSuchLaunch();
  if (request.method === 'DELETE') {
    if (!(await withdrawLaunch(caller.sandbox.id, launchId))) throw noSuchLaunch();
    return new Response(null, { status: 204 });
  }
  if (request.method !== 'GET') return notAllowed('GET, DELETE');
  const client = await findLaunchTarget({ ...launch, origin: 'api' });
  return Response.json(launchJson(launch, caller, 'refusal' in client ? undefined : client.launchUri));
}

/** A launch belongs to the client and the user that registered it. */
function isOwn({ sandboxId, createdBy, userId }: LaunchContext, { sandbox, token }: Caller): boolean {
  return sandboxId === sandbox.id && createdBy === token.clientId && userId === token.userId;
}

function noSuchLaunch(): LaunchError {
  return new LaunchError(
    404,
    'not_found',
    'There is no such launch of this client and user, or it is used up or withdrawn.',
  );
}

function notAllowed(allow: string): Response {
  const description = `This address answers ${allow}.`;
  return Response.json(
    { error: 'invalid_request', error_description: description },
    { status: 405, headers: { Allow: allow } },
  );
}
