import type { RegisteredClient } from '#lib/data/client/registered-clients.ts';
import type { SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { findConsent } from '#lib/data/token/consents.ts';
import { ownOrigins } from '#lib/env.ts';
import { isSureOfApp, type ScopeStanding, standingOf } from '#lib/smart/consent.ts';
import type { OpenInteraction } from './open-interaction.ts';

/** The question of the consent page, and the user's earlier answer if there was one. */
export interface ConsentQuestion {
  /** Every scope with the user's earlier decision about it; `new` only when they decided about other scopes. */
  scopes: { scope: string; standing: ScopeStanding | 'first' }[];
  /** Whether the answer is already remembered, can be, or must not be because another program could pose as the app. */
  memory: 'remembered' | 'possible' | 'refused';
  /** Whether the app's registration has changed since the consent was remembered. */
  changed: boolean;
  /** Where the answer goes: a host on the web, or the scheme of a native app. */
  destination: string;
}

/** Works out the question of the consent page of an interaction for a member. */
export async function consentQuestion(
  { sandbox, redirectUri, toAllow }: OpenInteraction,
  { userId }: SandboxMember,
  { clientId, type }: RegisteredClient,
): Promise<ConsentQuestion> {
  const sure = isSureOfApp({ public: type === 'public', redirectUri }, ownOrigins());
  const before = sure ? await findConsent({ sandboxId: sandbox.id, userId, clientId }) : undefined;
  return {
    scopes: toAllow.scopes.map((scope) => ({ scope, standing: before ? standingOf(scope, before) : 'first' })),
    memory: before ? 'remembered' : sure ? 'possible' : 'refused',
    changed: before?.sameRegistration === false,
    destination: new URL(redirectUri).host || new URL(redirectUri).protocol.slice(0, -1),
  };
}
