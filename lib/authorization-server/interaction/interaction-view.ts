import type { Encounter, Patient } from 'fhir/r4';
import { findEncounters } from '#lib/data/chart/patient-record.ts';
import { suggestPatients } from '#lib/data/chart/patients.ts';
import { findRegisteredClient, type RegisteredClient } from '#lib/data/client/registered-clients.ts';
import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import { findSignedIn, type SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { readResource } from '#lib/data/resource/resources.ts';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import type { SignIn } from '#lib/data/session/live-session.ts';
import { permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import { auditedStep } from './audited-step.ts';
import { type ConsentQuestion, consentQuestion } from './consent-question.ts';
import { mustSignInAgain } from './must-sign-in-again.ts';
import { type OpenInteraction, openInteraction } from './open-interaction.ts';

/** The app that asks, and the sandbox that it wants access to. */
interface Parties {
  sandbox: Issuer;
  client: RegisteredClient;
}

/** The content of the interaction's page. */
export type InteractionView =
  | { step: 'expired' }
  | { step: 'sign-in' }
  | { step: 'signed-in' }
  | ({ step: 'not-a-member' } & Parties)
  | ({ step: 'select_account'; member: SandboxMember } & Parties)
  | ({ step: 'patient'; patients: Patient[] } & Parties)
  | ({ step: 'encounter'; patient: Patient | undefined; encounters: Encounter[] } & Parties)
  | ({ step: 'consent'; member: SandboxMember; patient: Patient | undefined } & ConsentQuestion & Parties);

/** The visit of a browser to an interaction's page, with the text typed into the patient search. */
export interface InteractionVisit {
  slug: string;
  uid: string;
  /** The browser's Cookie header. */
  cookie: string;
  /** The session at the EHR that the browser brings. */
  session: SecretHash | undefined;
  search: string;
}

/** Works out the content of an interaction's page for this browser. */
export async function viewInteraction({
  slug,
  uid,
  cookie,
  session,
  search,
}: InteractionVisit): Promise<InteractionView> {
  const interaction = await openInteraction(slug, uid, cookie);
  const client = interaction && (await findRegisteredClient(interaction.sandbox.id, interaction.clientId));
  if (!interaction || !client?.enabled || !client.redirectUris.includes(interaction.redirectUri)) {
    return { step: 'expired' };
  }
  const signedIn = await findSignedIn(interaction.sandbox.id, session);
  if (!signedIn || wantsSignIn(interaction, signedIn.signIn)) return { step: 'sign-in' };
  return viewSignedIn(interaction, { client, ...signedIn, search });
}

interface SignedInVisit {
  client: RegisteredClient;
  signIn: SignIn;
  member: SandboxMember | undefined;
  search: string;
}

async function viewSignedIn(
  interaction: OpenInteraction,
  { client, signIn, member, search }: SignedInVisit,
): Promise<InteractionView> {
  const { sandbox, prompt, sessionId } = interaction;
  const parties = { sandbox, client };
  if (!member) return { step: 'not-a-member', ...parties };
  if (prompt === 'login') return { step: 'signed-in' };
  if (sessionId !== signIn.sessionId) return { step: 'expired' };
  if (prompt === 'select_account') return { step: 'select_account', ...parties, member };
  return auditedStep(interaction, member, { q: search }, () => viewChoice(interaction, { ...parties, member, search }));
}

/** Tells whether the user has to sign in now. With select_account they may choose another account, but need not. */
function wantsSignIn(interaction: OpenInteraction, signIn: SignIn): boolean {
  return interaction.prompt === 'login' && mustSignInAgain(interaction, signIn);
}

async function viewChoice(
  interaction: OpenInteraction,
  { member, search, ...parties }: Parties & { member: SandboxMember; search: string },
): Promise<InteractionView> {
  const { prompt, toAllow } = interaction;
  const reader = { sandboxId: parties.sandbox.id, permission: permissionOfMember(member) };
  if (prompt === 'patient') {
    return { step: 'patient', ...parties, patients: await suggestPatients(reader, search) };
  }
  const stored = toAllow.patient ? await readResource(reader, 'Patient', toAllow.patient) : undefined;
  const patient: Patient | undefined = stored && JSON.parse(stored.content);
  if (prompt !== 'encounter') {
    return {
      step: 'consent',
      ...parties,
      member,
      patient,
      ...(await consentQuestion(interaction, member, parties.client)),
    };
  }
  const encounters = await findEncounters(reader, toAllow.patient ?? '');
  return { step: 'encounter', ...parties, patient, encounters };
}
