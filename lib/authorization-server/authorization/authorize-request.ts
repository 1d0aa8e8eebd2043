import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { countGuess } from '#lib/data/launch/guesses.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { LaunchId } from '#lib/smart/launch/ids.ts';
import {
  type LaunchProblem,
  type LaunchUse,
  launchProblem,
  launchProblemText,
  tooManyGuesses,
} from '#lib/smart/launch/launch.ts';
import { parseScopes } from '#lib/smart/scope/scope.ts';
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
 * Checks the launch id, sent as `launch` or in the older form `launch:{id}` inside `scope`, and keeps it as `launch`, hashed: an
 * interaction is stored with its parameters. Who brings too many that are not theirs learns nothing any more, not even from a hit.
 */
export async function checkLaunch(ctx: KoaContextWithOIDC, launch: string | undefined, client: Client): Promise<void> {
  const sent = launch ?? legacyLaunchId(ctx);
  if (sent === undefined) return;
  const launchHash = hashLaunchId(LaunchId.parse(sent));
  const state = stateOf(ctx);
  if (state.ahead.exhausted) throw new errors.InvalidRequest(tooManyGuesses);
  const found = await findLaunchOf(state, launchHash);
  const { clientId } = client;
  const use = { sandboxId: state.sandbox.id, clientId, ...(state.signIn ? { userId: state.signIn.userId } : {}) };
  const problem = launchProblem(found, use, new Date());
  if (problem) throw new errors.InvalidRequest(await afterCounting(problem, use));
  state.launch = found;
  if (ctx.oidc.params) ctx.oidc.params.launch = launchHash;
}

/** What the app is told; a launch of one's own that is over is no guess. */
async function afterCounting(problem: LaunchProblem, use: LaunchUse): Promise<string> {
  const isGuess = problem === 'unknown' || problem.startsWith('foreign-');
  const mayGoOn = !isGuess || (await countGuess(use.sandboxId, use));
  return mayGoOn ? launchProblemText[problem] : tooManyGuesses;
}

function legacyLaunchId(ctx: KoaContextWithOIDC): string | undefined {
  const scopes = parseScopes(sentParameter(ctx, 'scope') ?? '').filter((scope) => scope.kind === 'launch-id');
  if (scopes.length > 1) throw new errors.InvalidRequest('scope holds more than one launch id.');
  return scopes[0]?.launchId;
}
