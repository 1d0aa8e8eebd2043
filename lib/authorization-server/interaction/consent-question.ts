import type { RegisteredClient } from '#lib/data/client/registered-clients.ts';
import type { Account } from '#lib/data/member/accounts.ts';
import { findConsent } from '#lib/data/token/consents.ts';
import { env } from '#lib/env.ts';
import { isSureOfApp, type ScopeStanding, standingOf } from '#lib/smart/consent.ts';
import type { OpenInteraction } from './open-interaction.ts';

/** What the consent page asks, and what is known of an earlier answer. */
export interface ConsentQuestion {
  /** Every scope with what the user said of it before; `new` only where they said something of others. */
  scopes: { scope: string; standing: ScopeStanding | 'first' }[];
  /** Whether the answer is remembered already, may be, or must not be since nobody can be sure which app it is. */
  memory: 'remembered' | 'possible' | 'refused';
  /** Whether the app's registration has changed since it was remembered. */
  changed: boolean;
}

/** Works out what the consent page of an interaction asks a member. */
export async function consentQuestion(
  { sandbox, redirectUri, toAllow }: OpenInteraction,
  { userId }: Account,
  { clientId, type }: RegisteredClient,
): Promise<ConsentQuestion> {
  const sure = isSureOfApp({ public: type === 'public', redirectUri }, env().origin);
  const before = sure ? await findConsent({ sandboxId: sandbox.id, userId, clientId }) : undefined;
  return {
    scopes: toAllow.scopes.map((scope) => ({ scope, standing: before ? standingOf(scope, before) : 'first' })),
    memory: before ? 'remembered' : sure ? 'possible' : 'refused',
    changed: before?.sameRegistration === false,
  };
}
