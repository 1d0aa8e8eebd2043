import { notePatient } from '#lib/audit/note-patient.ts';
import { countGuess, findGuardedLaunch } from '#lib/data/launch/guesses.ts';
import { hashLaunchId, type Launch, recordLaunch, withdrawLaunch } from '#lib/data/launch/launches.ts';
import { findLaunchTarget } from '#lib/data/launch/refusals.ts';
import { findClientByLaunchUri } from '#lib/data/launch/uris.ts';
import { openToAllOrigins } from '#lib/http/cors.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import { type LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import { tooManyGuesses } from '#lib/smart/launch/launch.ts';
import { auditedLaunch } from '../audit/record-launch.ts';
import { authenticate, type Caller } from '../request/bearer.ts';
import { answerPreflight, readableByApps, readableByClient } from '../request/cross-origin.ts';
import { failureOf } from '../request/failure-of.ts';
import { badRequest, errorResponse, LaunchError, tooManyRequests } from './launch-error.ts';
import { launchJson } from './launch-json.ts';
import { type LaunchRequest, readLaunchRequest } from './launch-request.ts';
import { requireOrchestration } from './orchestration.ts';
import { refuseBeyondReach } from './parameters-reach.ts';

const forPeople = `This is the launch context service of an EHR sandbox. An outside system registers here what an app
shall know when it starts, and gets the launch id that the app brings to the authorization server:

  POST to this address, Authorization: Bearer <access token>, Content-Type: application/json
  {"client_id": "my_app", "parameters": {"patient": "123", "need_patient_banner": false}}

GET {address}/{launch_id} reads a launch back, DELETE withdraws it. A launch id is valid once, until expires_at.
`;

const methods = ['GET', 'POST', 'DELETE', 'OPTIONS'];

/**
 * Answers the launch context service of the sandbox `slug`: POST registers, GET and DELETE with a launch id as the
 * last path segment read back and withdraw, GET without one explains. Errors are JSON `{error, error_description}`.
 */
export async function answerLaunchService(request: Request, slug: string): Promise<Response> {
  if (request.method === 'OPTIONS') return answerPreflight(request, slug, methods);
  const [segment, ...deeper] = segmentsAfter(request);
  const launchId = LaunchId.optional().parse(segment);
  if (deeper.length > 0) return readableByApps(errorResponse(noSuchAddress()), request, slug);
  if (!launchId && request.method === 'GET') return explain();
  const answer = await answerCaller(request, slug, launchId);
  answer.headers.set('Cache-Control', 'no-store');
  return answer;
}

/** What the path names below the address of the service: nothing, or a launch id. */
function segmentsAfter(request: Request): string[] {
  const [, rest = ''] = /\/Launch(\/.*)?$/.exec(new URL(request.url).pathname) ?? [];
  return rest.split('/').filter(Boolean);
}

function explain(): Response {
  return new Response(forPeople, { headers: { 'Content-Type': 'text/plain; charset=utf-8', ...openToAllOrigins } });
}

async function answerCaller(request: Request, slug: string, launchId: LaunchId | undefined): Promise<Response> {
  try {
    const allowed = launchId ? ['GET', 'DELETE'] : ['GET', 'POST'];
    if (!allowed.includes(request.method)) return readableByApps(notAllowed(allowed), request, slug);
    const caller = await authenticate(request, slug);
    const answer = await auditedLaunch(request, caller, () =>
      dispatch(request, caller, launchId).catch(async (thrown) => errorResponse(await failureOfLaunch(thrown, caller))),
    );
    return await readableByClient(answer, request, slug, caller.token.clientAddresses);
  } catch (thrown) {
    return readableByApps(errorResponse(thrown), request, slug);
  }
}

async function failureOfLaunch(thrown: unknown, caller: Caller): Promise<unknown> {
  return thrown instanceof LaunchError ? thrown : failureOf(thrown, caller);
}

async function dispatch(request: Request, caller: Caller, launchId: LaunchId | undefined): Promise<Response> {
  requireOrchestration(caller);
  return launchId ? answerLaunch(request, caller, launchId) : register(request, caller);
}

async function register(request: Request, caller: Caller): Promise<Response> {
  const asked = await readLaunchRequest(request);
  const { sandbox, token } = caller;
  const clientId = asked.clientId ?? (await clientOf(sandbox.id, asked));
  notePatient(sandbox.id, textParameter(asked.parameters, 'patient'));
  await refuseBeyondReach(caller, asked.parameters);
  const recorded = await recordLaunch({
    sandboxId: sandbox.id,
    clientId,
    parameters: asked.parameters,
    origin: 'api',
    createdBy: token.clientId,
    ...(token.userId ? { userId: token.userId } : {}),
  });
  if ('refusal' in recorded) throw badRequest(recorded.refusal.message);
  return Response.json(launchJson(recorded.launchId, recorded.launch, caller, recorded.launchUri));
}

async function clientOf(sandboxId: number, { launchUrl = '' }: LaunchRequest): Promise<string> {
  const clientId = await findClientByLaunchUri(sandboxId, launchUrl);
  if (clientId) return clientId;
  throw badRequest(
    'launchUrl is not the launch URI of exactly one app registered in this sandbox. Send client_id instead.',
  );
}

async function answerLaunch(request: Request, caller: Caller, launchId: LaunchId): Promise<Response> {
  const launchHash = hashLaunchId(launchId);
  const launch = await findOwnLaunch(caller, launchHash);
  notePatient(caller.sandbox.id, textParameter(launch.parameters, 'patient'));
  if (request.method === 'DELETE') {
    if (!(await withdrawLaunch(caller.sandbox.id, launchHash))) throw noSuchLaunch();
    return new Response(null, { status: 204 });
  }
  const client = await findLaunchTarget({ ...launch, origin: 'api' });
  return Response.json(launchJson(launchId, launch, caller, 'refusal' in client ? undefined : client.launchUri));
}

/** @throws LaunchError 404 for a launch of somebody else, which counts as a guess; 429 after too many of them */
async function findOwnLaunch(caller: Caller, launchHash: LaunchHash): Promise<Launch> {
  const { sandbox, token } = caller;
  const guesser = { clientId: token.clientId, userId: token.userId, api: true };
  const { launch, exhausted } = await findGuardedLaunch(launchHash, sandbox.id, guesser);
  if (exhausted) throw tooManyRequests(tooManyGuesses);
  if (launch && isOwn(launch, caller)) {
    if (launch.withdrawnAt) throw noSuchLaunch();
    return launch;
  }
  throw (await countGuess(sandbox.id, guesser)) ? noSuchLaunch() : tooManyRequests(tooManyGuesses);
}

/** A launch belongs to the client and the user that registered it. */
function isOwn({ sandboxId, createdBy, userId }: Launch, { sandbox, token }: Caller): boolean {
  return sandboxId === sandbox.id && createdBy === token.clientId && userId === token.userId;
}

function noSuchLaunch(): LaunchError {
  return new LaunchError(
    404,
    'not_found',
    'There is no such launch of this client and user, or it is used up or withdrawn.',
  );
}

function noSuchAddress(): LaunchError {
  return new LaunchError(404, 'not_found', 'A launch has no addresses below its own.');
}

function notAllowed(allowed: string[]): Response {
  const allow = allowed.join(', ');
  const description = `This address answers ${allow}.`;
  return Response.json(
    { error: 'invalid_request', error_description: description },
    { status: 405, headers: { Allow: allow } },
  );
}
