import { LaunchId } from '#lib/smart/launch/ids.ts';
import { auditedLaunch } from '../audit/record-launch.ts';
import { authenticate, type Caller } from '../request/bearer.ts';
import { answerPreflight, readableByApps, readableByClient } from '../request/cross-origin.ts';
import { failureOf } from '../request/failure-of.ts';
import { explain } from './explain.ts';
import { errorResponse, LaunchError, methodNotAllowed, noSuchAddress } from './launch-error.ts';
import { requireOrchestration } from './orchestration.ts';
import { readLaunchBack, withdrawOwnLaunch } from './own-launch.ts';
import { registerLaunch } from './register-launch.ts';

/** Answers a request of an authenticated caller. */
type Handler = (request: Request, caller: Caller) => Promise<Response>;

/** The methods of the service's own address that need a token; GET, which explains the service, needs none. */
const ofService = new Map<string, Handler>([['POST', registerLaunch]]);

/** The methods of a launch's address, which is the address of the service followed by the launch id. */
const ofLaunch = new Map<string, (request: Request, caller: Caller, launchId: LaunchId) => Promise<Response>>([
  ['GET', readLaunchBack],
  ['DELETE', withdrawOwnLaunch],
]);

const methods = ['GET', 'POST', 'DELETE', 'OPTIONS'];

/**
 * Answers the launch context service of the sandbox `slug`: POST registers a launch; GET and DELETE with a launch id as
 * the last path segment read it back and withdraw it; GET without one explains the service. Errors are JSON `{error,
 * error_description}`.
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

/** The path segments below the address of the service: none, or a launch id. */
function segmentsAfter(request: Request): string[] {
  const [, rest = ''] = /\/Launch(\/.*)?$/.exec(new URL(request.url).pathname) ?? [];
  return rest.split('/').filter(Boolean);
}

async function answerCaller(request: Request, slug: string, launchId: LaunchId | undefined): Promise<Response> {
  try {
    const handler = handlerOf(request.method, launchId);
    const caller = await authenticate(request, slug);
    const answer = await auditedLaunch(request, caller, () => answered(handler, request, caller));
    return await readableByClient(answer, request, slug, caller.token.clientAddresses);
  } catch (thrown) {
    return readableByApps(errorResponse(thrown), request, slug);
  }
}

/** Chooses the handler of a request. @throws LaunchError 405 that names the methods of the address */
function handlerOf(method: string, launchId: LaunchId | undefined): Handler {
  if (!launchId) return ofService.get(method) ?? refuseMethod(['GET', ...ofService.keys()]);
  const handler = ofLaunch.get(method) ?? refuseMethod([...ofLaunch.keys()]);
  return (request, caller) => handler(request, caller, launchId);
}

function refuseMethod(allowed: string[]): never {
  throw methodNotAllowed(allowed);
}

/** Answers by the handler, and turns an error into a refusal so that the audit log records it too. */
async function answered(handler: Handler, request: Request, caller: Caller): Promise<Response> {
  try {
    requireOrchestration(caller);
    return await handler(request, caller);
  } catch (thrown) {
    return errorResponse(thrown instanceof LaunchError ? thrown : await failureOf(thrown, caller));
  }
}
