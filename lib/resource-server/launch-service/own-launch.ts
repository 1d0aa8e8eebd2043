import { notePatient } from '#lib/audit/note-patient.ts';
import { countGuess, findGuardedLaunch } from '#lib/data/launch/guesses.ts';
import { hashLaunchId, type Launch, withdrawLaunch } from '#lib/data/launch/launches.ts';
import { findLaunchTarget } from '#lib/data/launch/refusals.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import type { LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import { tooManyGuesses } from '#lib/smart/launch/launch.ts';
import type { Caller } from '../request/bearer.ts';
import { noSuchLaunch, tooManyRequests } from './launch-error.ts';
import { launchJson } from './launch-json.ts';

/**
 * Reads back a launch that the caller registered. @throws LaunchError as `findOwnLaunch`
 * @throws LaunchError as `findOwnLaunch`
 */
export async function readLaunchBack(_: Request, caller: Caller, launchId: LaunchId): Promise<Response> {
  const launch = await findOwnLaunch(caller, hashLaunchId(launchId));
  const client = await findLaunchTarget({ ...launch, origin: 'api' });
  return Response.json(launchJson(launchId, launch, caller, 'refusal' in client ? undefined : client.launchUri));
}

/**
 * Withdraws a launch that the caller registered, so that it can no longer be used.
 * @throws LaunchError as `findOwnLaunch`, 404 for one that was used or withdrawn meanwhile
 */
export async function withdrawOwnLaunch(_: Request, caller: Caller, launchId: LaunchId): Promise<Response> {
  const launchHash = hashLaunchId(launchId);
  await findOwnLaunch(caller, launchHash);
  if (!(await withdrawLaunch(caller.sandbox.id, launchHash))) throw noSuchLaunch();
  return new Response(null, { status: 204 });
}

/**
 * Finds a launch that the caller registered.
 * @throws LaunchError 404 for any other, which counts as a guess; 429 after too many guesses
 */
async function findOwnLaunch(caller: Caller, launchHash: LaunchHash): Promise<Launch> {
  const { sandbox, token } = caller;
  const guesser = { clientId: token.clientId, userId: token.userId, api: true };
  const { launch, exhausted } = await findGuardedLaunch(launchHash, sandbox.id, guesser);
  if (exhausted) throw tooManyRequests(tooManyGuesses);
  if (launch && isOwn(launch, caller)) {
    if (launch.withdrawnAt) throw noSuchLaunch();
    notePatient(sandbox.id, textParameter(launch.parameters, 'patient'));
    return launch;
  }
  throw (await countGuess(sandbox.id, guesser)) ? noSuchLaunch() : tooManyRequests(tooManyGuesses);
}

/** A launch belongs to the client and the user that registered it. */
function isOwn({ sandboxId, createdBy, userId }: Launch, { sandbox, token }: Caller): boolean {
  return sandboxId === sandbox.id && createdBy === token.clientId && userId === token.userId;
}
