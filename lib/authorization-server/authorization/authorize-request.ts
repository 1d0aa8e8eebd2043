import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { countGuess } from '#lib/data/launch/guesses.ts';
import { storedLaunchId } from '#lib/data/launch/launches.ts';
import { fhirBaseOf } from '#lib/env.ts';
import {
  type LaunchProblem,
  type LaunchUse,
  launchProblem,
  launchProblemText,
  tooManyGuesses,
} from '#lib/smart/launch/launch.ts';
import { launchIdsIn } from '#lib/smart/scope/launch-ids.ts';
import { findLaunchOf, stateOf } from '../request/request-state.ts';
import { sentParameter } from '../request/sent-parameter.ts';

/** `aud` says for which FHIR server the app wants its token: without it a token could be lured to another one. */
export function checkAud(ctx: KoaContextWithOIDC, aud: string | undefined): void {
  const fhirBase = fhirBaseOf(stateOf(ctx).sandbox.slug);
  if (aud?.replace(/\/$/, '') === fhirBase) return;
  const fault = aud ? 'aud names another server' : 'aud is missing';
  throw new errors.InvalidRequest(`${fault}: it must be ${fhirBase}, the FHIR server that the token is for.`);
}

/**
 * Checks the launch id, sent as `launch` or in the older form `launch:{id}` inside `scope`, and keeps it as `launch`, in
 * the form in which it is stored. Who brings too many that are not theirs learns nothing any more, not even from a hit.
 */
export async function checkLaunch(ctx: KoaContextWithOIDC, launch: string | undefined, client: Client): Promise<void> {
  const sent = launch ?? launchIdInScope(ctx);
  if (sent === undefined) return;
  const launchId = storedLaunchId(sent);
  const state = stateOf(ctx);
  if (state.ahead.exhausted) throw new errors.InvalidRequest(tooManyGuesses);
  const found = await findLaunchOf(state, launchId);
  const { clientId } = client;
  const use = { sandboxId: state.sandbox.id, clientId, ...(state.signIn ? { userId: state.signIn.userId } : {}) };
  const problem = launchProblem(found, use, new Date());
  if (problem) throw new errors.InvalidRequest(await afterCounting(problem, use));
  state.launch = found;
  if (ctx.oidc.params) ctx.oidc.params.launch = launchId;
}

/** What the app is told; a launch of one's own that is over is no guess. */
async function afterCounting(problem: LaunchProblem, use: LaunchUse): Promise<string> {
  const isGuess = problem === 'unknown' || problem.startsWith('foreign-');
  const mayGoOn = !isGuess || (await countGuess(use.sandboxId, use));
  return mayGoOn ? launchProblemText[problem] : tooManyGuesses;
}

function launchIdInScope(ctx: KoaContextWithOIDC): string | undefined {
  const ids = launchIdsIn(sentParameter(ctx, 'scope') ?? '');
  if (ids.length > 1) throw new errors.InvalidRequest('scope holds more than one launch id.');
  return ids[0];
}
