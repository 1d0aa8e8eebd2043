import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { fhirBaseOf } from '#lib/env.ts';
import { launchProblem, launchProblemText } from '#lib/smart/launch.ts';
import { parseScopes } from '#lib/smart/scope.ts';
import { findLaunchOf, stateOf } from './request-state.ts';

/** A request parameter as the app sent it, before anything was narrowed; repeated ones were refused already. */
export function sentParameter({ query }: KoaContextWithOIDC, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `aud` says for which FHIR server the app wants its token: without it a token could be lured to another one. */
export function checkAud(ctx: KoaContextWithOIDC, aud: string | undefined): void {
  const fhirBase = fhirBaseOf(stateOf(ctx).sandbox.slug);
  if (aud?.replace(/\/$/, '') === fhirBase) return;
  const fault = aud ? 'aud names another server' : 'aud is missing';
  throw new errors.InvalidRequest(`${fault}: it must be ${fhirBase}, the FHIR server that the token is for.`);
}

/** Checks the launch id, sent as `launch` or in the older form `launch:{id}` inside `scope`, and keeps it as `launch`. */
export async function checkLaunch(ctx: KoaContextWithOIDC, launch: string | undefined, client: Client): Promise<void> {
  const launchId = launch ?? legacyLaunchId(ctx);
  if (launchId === undefined) return;
  const state = stateOf(ctx);
  const found = await findLaunchOf(state, launchId);
  const use = {
    sandboxId: state.sandbox.id,
    clientId: client.clientId,
    ...(state.signIn ? { userId: state.signIn.userId } : {}),
  };
  const problem = launchProblem(found, use, new Date());
  if (problem) throw new errors.InvalidRequest(launchProblemText[problem]);
  state.launch = found;
  if (ctx.oidc.params) ctx.oidc.params.launch = launchId;
}

function legacyLaunchId(ctx: KoaContextWithOIDC): string | undefined {
  const scopes = parseScopes(sentParameter(ctx, 'scope') ?? '').filter((scope) => scope.kind === 'launch-id');
  if (scopes.length > 1) throw new errors.InvalidRequest('scope holds more than one launch id.');
  return scopes[0]?.launchId;
}
