import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { countGuess } from '#lib/data/launch/guesses.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { LaunchId } from '#lib/smart/launch/ids.ts';
import {
  type LaunchIdRefusal,
  type LaunchUse,
  launchIdRefusal,
  launchIdRefusalText,
  tooManyGuesses,
} from '#lib/smart/launch/launch.ts';
import { launchIdsIn } from '#lib/smart/scope/launch-ids.ts';
import { count } from '#lib/telemetry/metrics.ts';
import { findLaunchOf, stateOf } from '../request/request-state.ts';
import { sentParameter } from '../request/sent-parameter.ts';

/**
 * Refuses a missing or wrong `aud`, which names the FHIR server that the app wants its token for: otherwise an app
 * could be tricked into sending the token to another server.
 */
export function checkAud(ctx: KoaContextWithOIDC, aud: string | undefined): void {
  const fhirBase = fhirBaseOf(stateOf(ctx).sandbox.slug);
  if (aud?.replace(/\/$/, '') === fhirBase) return;
  const reason = aud ? 'aud names another server' : 'aud is missing';
  throw new errors.InvalidRequest(`${reason}: it must be ${fhirBase}, the FHIR server that the token is for.`);
}

/**
 * Checks the launch id, sent as `launch` or in the older form `launch:{id}` inside `scope`, and replaces it by its
 * hash, because the parameters of the request are stored with an interaction. After too many wrong guesses, even a
 * right launch id is refused.
 */
export async function checkLaunch(ctx: KoaContextWithOIDC, launch: string | undefined, client: Client): Promise<void> {
  const sent = launch ?? launchIdInScope(ctx);
  if (sent === undefined) return;
  const launchHash = hashLaunchId(LaunchId.parse(sent));
  const state = stateOf(ctx);
  if (state.ahead.exhausted) count('ehr_launches_total', { result: 'too-many-guesses' });
  if (state.ahead.exhausted) throw new errors.InvalidRequest(tooManyGuesses);
  const found = await findLaunchOf(state, launchHash);
  const { clientId } = client;
  const use = withoutUndefined({ sandboxId: state.sandbox.id, clientId, userId: state.signIn?.userId });
  const refusal = launchIdRefusal(found, use, new Date());
  count('ehr_launches_total', { result: refusal ?? 'accepted' });
  if (refusal) throw new errors.InvalidRequest(await afterCounting(refusal, use));
  state.launch = found;
  if (ctx.oidc.params) ctx.oidc.params.launch = launchHash;
}

/**
 * The description of the refusal, after the attempt is counted as a guess; an expired or used launch of the caller's
 * own is not one.
 */
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
