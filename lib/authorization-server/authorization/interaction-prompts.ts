import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { textParameter } from '#lib/smart/launch/context.ts';
import type { ContextChoice } from '#lib/smart/launch/missing-context.ts';
import { stateOf } from '../request/request-state.ts';
import { authorizationOf } from './authorization.ts';
import { hintedUser } from './hinted-user.ts';

const { base, Check, Prompt } = interactionPolicy;

/**
 * The prompts for a user, in this order: to sign in, with which account, for the patient, for the encounter, for
 * consent.
 * @returns all prompts, and those among them that settle who the user is
 */
export function interactionPrompts() {
  const login = loginPrompt();
  const consent = new Prompt(
    { name: 'consent', requestable: true },
    // The grant is saved once everything else is settled; an unsaved one waits for the user.
    new Check(
      'not_granted',
      'the user has not allowed the app yet',
      'consent_required',
      ({ oidc }) => !oidc.grant?.jti,
      toAllow,
    ),
  );
  const identity = [login, new Prompt({ name: 'select_account', requestable: true })];
  return { identity, prompts: [...identity, choicePrompt('patient'), choicePrompt('encounter'), consent] };
}

/** oidc-provider's login prompt, changed so that a hinted user is still asked for after somebody else has signed in. */
function loginPrompt() {
  const login = base().get('login');
  if (!login) throw new Error('oidc-provider has no login prompt.');
  login.checks.remove('id_token_hint');
  login.checks.add(
    new Check(
      'id_token_hint',
      'another user is signed in than the id_token_hint names',
      'login_required',
      ({ oidc }) => {
        const hinted = hintedUser(oidc.params);
        return hinted !== undefined && hinted !== oidc.session?.accountId;
      },
    ),
  );
  login.checks.add(
    new Check('not_a_member', 'the signed-in user is not a member of this sandbox', 'login_required', ({ oidc }) =>
      oidc.session?.accountId ? !oidc.account : false,
    ),
  );
  return login;
}

function choicePrompt(choice: ContextChoice) {
  return new Prompt(
    { name: choice },
    new Check(
      `no_${choice}`,
      `the app needs the user to choose a ${choice}`,
      'interaction_required',
      (ctx) => lacks(ctx, choice),
      toAllow,
    ),
  );
}

/**
 * The details that are stored with an interaction for its pages: the patient and encounter so far, and the scopes to
 * allow.
 */
export interface ToAllow {
  scopes: string[];
  patient?: string;
  encounter?: string;
}

async function toAllow(ctx: KoaContextWithOIDC): Promise<ToAllow & Record<string, unknown>> {
  const { scopes, parameters } = await authorizationOf(ctx, ctx.oidc.session?.accountId ?? '');
  const patient = textParameter(parameters, 'patient');
  const encounter = textParameter(parameters, 'encounter');
  return withoutUndefined({ scopes, patient, encounter });
}

async function lacks(ctx: KoaContextWithOIDC, choice: ContextChoice): Promise<boolean> {
  const userId = ctx.oidc.session?.accountId;
  if (!userId || !(await stateOf(ctx).members.get(userId))) return false;
  return (await authorizationOf(ctx, userId)).missing === choice;
}
