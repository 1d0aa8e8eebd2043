import type { IncomingMessage } from 'node:http';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { namesUnseen } from '#lib/data/launch/beyond-reach.ts';
import type { Launch } from '#lib/data/launch/launches.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { LaunchHash } from '#lib/smart/launch/ids.ts';
import { launchIdRefusal, launchIdRefusalText } from '#lib/smart/launch/launch.ts';
import type { ContextChoice } from '#lib/smart/launch/missing-context.ts';
import { mayBeAbout, permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import { narrowToSubject } from '#lib/smart/scope/narrow-scopes.ts';
import { splitScope } from '#lib/smart/scope/scope.ts';
import { memberOf } from '../request/member.ts';
import { findLaunchOf, stateOf } from '../request/request-state.ts';
import { choicesOf } from './choices.ts';
import { settleParameters } from './settle-parameters.ts';

/**
 * The result of one authorization request: the user who grants it, its launch parameters, and the scopes it may get.
 */
export interface Authorization {
  member: SandboxMember;
  launch?: Launch | undefined;
  parameters: LaunchParameters;
  /** The context that the user still has to choose. */
  missing?: ContextChoice | undefined;
  /** The scopes that could be granted at most. */
  scopes: string[];
}

const authorizations = new WeakMap<IncomingMessage, Promise<Authorization>>();

/**
 * The authorization request of `ctx` as far as it is settled, worked out once per HTTP request. The user must be a
 * member of the sandbox.
 */
export function authorizationOf(ctx: KoaContextWithOIDC, userId: string): Promise<Authorization> {
  const known = authorizations.get(ctx.req) ?? workOut(ctx, userId);
  authorizations.set(ctx.req, known);
  return known;
}

async function workOut(ctx: KoaContextWithOIDC, userId: string): Promise<Authorization> {
  const member = await memberOf(ctx, userId);
  if (!member) throw new errors.AccessDenied('The signed-in user is not a member of this sandbox.');
  const requested = splitScope(String(ctx.oidc.params?.scope ?? ''));
  const launch = await launchOf(ctx, userId);
  const request = { sandboxId: stateOf(ctx).sandbox.id, member, requested, launched: launch !== undefined };
  const { parameters, missing } = await settleParameters(request, launch?.parameters ?? {}, choicesOf(ctx));
  const patient = textParameter(parameters, 'patient');
  refuseForeignPatient(member, patient);
  await refuseUnseen(ctx, member, launch);
  const encounter = textParameter(parameters, 'encounter');
  return {
    member,
    launch,
    parameters,
    missing,
    scopes: narrowToSubject(requested, { role: member.role, fhirUser: member.fhirUser ?? null, patient, encounter }),
  };
}

/**
 * Finds the launch of the request. It was checked when the app arrived, and `launch` has held its hash since; the check
 * is repeated because another user may have signed in.
 */
async function launchOf(ctx: KoaContextWithOIDC, userId: string): Promise<Launch | undefined> {
  const { launch: launchHash, client_id: clientId } = ctx.oidc.params ?? {};
  if (typeof launchHash !== 'string') return undefined;
  const state = stateOf(ctx);
  const launch = state.launch ?? (await findLaunchOf(state, LaunchHash.parse(launchHash)));
  const refusal = launchIdRefusal(
    launch,
    { sandboxId: state.sandbox.id, clientId: String(clientId), userId },
    new Date(0),
  );
  if (refusal) throw new errors.InvalidRequest(launchIdRefusalText[refusal]);
  return launch;
}

function refuseForeignPatient(member: SandboxMember, patient: string | undefined): void {
  if (mayBeAbout(member, patient)) return;
  throw new errors.AccessDenied(
    'The launch is about another patient. Patients can open apps for their own record only, and for those whom they act for.',
  );
}

/**
 * Refuses a launch that names what this user may not see: whoever made it could, and a backend does not know who opens
 * it. What is not there is refused alike, so that launches reveal no ids.
 */
async function refuseUnseen(ctx: KoaContextWithOIDC, member: SandboxMember, launch?: Launch): Promise<void> {
  const { sandbox } = stateOf(ctx);
  const reader = { sandboxId: sandbox.id, permission: permissionOfMember(member) };
  if (!launch || !(await namesUnseen(reader, launch.parameters, fhirBaseOf(sandbox.slug)))) return;
  throw new errors.AccessDenied('The launch names a resource that is not there, or that its user may not see.');
}
