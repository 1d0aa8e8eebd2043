import type { IncomingMessage } from 'node:http';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Account } from '#lib/data/accounts.ts';
import type { LaunchContext } from '#lib/data/launches.ts';
import { launchProblem, launchProblemText } from '#lib/smart/launch.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch-context.ts';
import { type ContextChoice, missingContext } from '#lib/smart/missing-context.ts';
import { narrowToSubject } from '#lib/smart/narrow-scopes.ts';
import { splitScope } from '#lib/smart/scope.ts';
import { type Choices, choicesOf } from './choices.ts';
import { findLaunchOf, stateOf } from './request-state.ts';
import { accountOf } from './smart-accounts.ts';

/** What one authorization request comes to: who grants it, about whom, and what. */
export interface Authorization {
  account: Account;
  launch?: LaunchContext | undefined;
  parameters: LaunchParameters;
  /** What the user still has to choose. */
  missing?: ContextChoice | undefined;
  /** What could be granted at most, as the texts of scopes. */
  scopes: string[];
}

const authorizations = new WeakMap<IncomingMessage, Promise<Authorization>>();

/** The request of `ctx` as far as it is settled, worked out once per HTTP request; there must be a signed-in member. */
export function authorizationOf(ctx: KoaContextWithOIDC, userId: string): Promise<Authorization> {
  const known = authorizations.get(ctx.req) ?? workOut(ctx, userId);
  authorizations.set(ctx.req, known);
  return known;
}

async function workOut(ctx: KoaContextWithOIDC, userId: string): Promise<Authorization> {
  const account = await accountOf(ctx, userId);
  if (!account) throw new errors.AccessDenied('The signed-in user is not a member of this sandbox.');
  const requested = splitScope(String(ctx.oidc.params?.scope ?? ''));
  const launch = await launchOf(ctx, userId);
  const parameters = settle(launch?.parameters ?? {}, account, requested, launch !== undefined, choicesOf(ctx));
  const patient = textParameter(parameters, 'patient');
  refuseForeignPatient(account, patient);
  const declined = choicesOf(ctx).encounter === null;
  const missing = missingContext(requested, parameters, launch !== undefined);
  const encounter = textParameter(parameters, 'encounter');
  return {
    account,
    launch,
    parameters,
    missing: missing === 'encounter' && declined ? undefined : missing,
    scopes: narrowToSubject(requested, { role: account.role, patient, encounter }),
  };
}

/** The launch was checked when the app arrived; what may have changed since is who is signed in. */
async function launchOf(ctx: KoaContextWithOIDC, userId: string): Promise<LaunchContext | undefined> {
  const { launch: launchId, client_id: clientId } = ctx.oidc.params ?? {};
  if (typeof launchId !== 'string') return undefined;
  const state = stateOf(ctx);
  const launch = state.launch ?? (await findLaunchOf(state, launchId));
  const problem = launchProblem(
    launch,
    { sandboxId: state.sandbox.id, clientId: String(clientId), userId },
    new Date(0),
  );
  if (problem) throw new errors.InvalidRequest(launchProblemText[problem]);
  return launch;
}

/** Launch parameters with what the user chose; a patient needs no choice: it is their own record. */
function settle(
  launched: LaunchParameters,
  account: Account,
  requested: string[],
  isLaunch: boolean,
  choices: Choices,
): LaunchParameters {
  const own = ownPatient(account);
  const needsPatient = missingContext(requested, launched, isLaunch) === 'patient';
  const patient = needsPatient ? (own ?? choices.patient) : undefined;
  return {
    ...launched,
    ...(patient ? { patient } : {}),
    ...(choices.encounter ? { encounter: choices.encounter } : {}),
  };
}

/** The id of the Patient that a patient user is. */
function ownPatient({ role, fhirUser }: Account): string | undefined {
  return role === 'patient' && fhirUser?.startsWith('Patient/') ? fhirUser.slice('Patient/'.length) : undefined;
}

function refuseForeignPatient(account: Account, patient: string | undefined): void {
  if (account.role !== 'patient' || !patient || patient === ownPatient(account)) return;
  throw new errors.AccessDenied(
    'The launch is about another patient. Patients can open apps for their own record only.',
  );
}
