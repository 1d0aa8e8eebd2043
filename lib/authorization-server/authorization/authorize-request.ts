import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { countGuess } from '#lib/data/launch/guesses.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { LaunchId } from '#lib/smart/launch/ids.ts';
import {
  type LaunchIdRefusal,
  type LaunchUse,
  launchIdRefusal,
  launchIdRefusalText,
  tooManyGuesses,
} from '#lib/smart/launch/launch.ts';
import { launchIdsIn } from '#lib/smart/scope/launch-ids.ts';
import { findLaunchOf, stateOf } from '../request/request-state.ts';
import { sentParameter } from '../request/sent-parameter.ts';

/** `aud` says for which FHIR server the app wants its token: without it a token could be lured to another one. */
export function checkAud(ctx: KoaContextWithOIDC, aud: string | undefined): void {
  const fhirBase = fhirBaseOf(stateOf(ctx).sandbox.slug);
  if (aud?.replace(/\/$/, '') === fhirBase) return;
  const reason = aud ? 'aud names another server' : 'aud is missing';
  throw new errors.InvalidRequest(`${reason}: it must be ${fhirBase}, the FHIR server that the token is for.`);
}

/**
 * Checks the launch id, sent as `launch` or in the older form `launch:{id}` inside `scope`, and leaves its hash as
 * `launch`, since an interaction is stored with the parameters of its request. Whoever has brought too many launch ids
 * that are not theirs learns nothing more, not even that one is right.
 */
export async function checkLaunch(ctx: KoaContextWithOIDC, launch: string | undefined, client: Client): Promise<void> {
  const sent = launch ?? launchIdInScope(ctx);
  if (sent === undefined) return;
  const launchHash = hashLaunchId(LaunchId.parse(sent));
  const state = stateOf(ctx);
  if (state.ahead.exhausted) throw new errors.InvalidRequest(tooManyGuesses);
  const found = await findLaunchOf(state, launchHash);
  const { clientId } = client;
  const use = { sandboxId: state.sandbox.id, clientId, ...(state.signIn ? { userId: state.signIn.userId } : {}) };
  const refusal = launchIdRefusal(found, use, new Date());
  if (refusal) throw new errors.InvalidRequest(await afterCounting(refusal, use));
  state.launch = found;
  if (ctx.oidc.params) ctx.oidc.params.launch = launchHash;
}

/** The description of the refusal, after a guess was counted; a launch of one's own that is over is no guess. */
async function afterCounting(refusal: LaunchIdRefusal, use: LaunchUse): Promise<string> {
  const isGuess = refusal === 'unknown' || refusal.startsWith('foreign-');
  const mayGoOn = !isGuess || (await countGuess(use.sandboxId, use));
  return mayGoOn ? launchIdRefusalText[refusal] : tooManyGuesses;
}

function launchIdInScope(ctx: KoaContextWithOIDC): string | undefined {
  const ids = launchIdsIn(sentParameter(ctx, 'scope') ?? '');
  if (ids.length > 1) throw new errors.InvalidRequest('scope holds more than one launch id.');
  return ids[0];
}
