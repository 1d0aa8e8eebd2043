import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { findConsent, forgetConsent, rememberConsent } from '#lib/data/token/consents.ts';
import { ownOrigins } from '#lib/env.ts';
import { isSureOfApp, mergeAnswers } from '#lib/smart/consent.ts';
import { nothingAllowed } from '../authorization/grants.ts';
import type { OpenInteraction } from './open-interaction.ts';
import { recordConsent } from './record-consent.ts';

/**
 * Takes the answer of the consent page: the scopes that stay ticked, and whether to remember them. Scopes that were not
 * offered are ignored. Allowing nothing is a refusal, and is not remembered.
 * @returns the URL at which the request goes on
 */
export async function answerConsent(
  interaction: OpenInteraction,
  member: SandboxMember,
  form: URLSearchParams,
): Promise<string> {
  const allowed = interaction.toAllow.scopes.filter((scope) => form.getAll('scope').includes(scope));
  recordConsent(interaction, member, allowed);
  if (allowed.length === 0) return interaction.refuse('access_denied', nothingAllowed);
  await updateRemembered(interaction, member, { allowed, remember: form.has('remember') });
  return interaction.finish({ consent: { scopes: allowed } });
}

/**
 * Remembers the answer, or forgets every earlier one of this user for this app when they do not want to be remembered.
 * Without certainty that responses reach the app itself, nothing changes: the user is asked each time.
 */
async function updateRemembered(
  { sandbox, clientId, redirectUri, toAllow }: OpenInteraction,
  { userId }: SandboxMember,
  { allowed, remember }: { allowed: string[]; remember: boolean },
): Promise<unknown> {
  if (!remember) return forgetConsent(sandbox.id, userId, clientId);
  const client = await findRegisteredClient(sandbox.id, clientId);
  if (!client || !isSureOfApp({ public: client.type === 'public', redirectUri }, ownOrigins())) return undefined;
  const key = { sandboxId: sandbox.id, userId, clientId };
  const before = await findConsent(key);
  // A consent to an earlier registration is not carried over to this one.
  const valid = before?.sameRegistration ? before : { allowed: [], declined: [] };
  return rememberConsent(key, mergeAnswers(valid, toAllow.scopes, allowed));
}
