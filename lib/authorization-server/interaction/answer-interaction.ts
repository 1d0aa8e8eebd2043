import { notePatient } from '#lib/audit/note-patient.ts';
import type { SecretHash } from '#lib/data/database/secret-hash.ts';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { findSignedIn, type SandboxMember } from '#lib/data/member/sandbox-member.ts';
import type { SignIn } from '#lib/data/session/live-session.ts';
import { env } from '#lib/env.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { readBody, tooLong } from '#lib/http/body/read-body.ts';
import { sentFrom } from '#lib/http/same-origin.ts';
import { refusedForNow } from '../request/failed-for-now.ts';
import { answerConsent } from './answer-consent.ts';
import { auditedStep } from './audited-step.ts';
import { mustSignInAgain } from './must-sign-in-again.ts';
import { type OpenInteraction, openInteraction } from './open-interaction.ts';
import { readChoices } from './read-choices.ts';
import { recordConsent } from './record-consent.ts';

/** The step of an interaction that a request answers. */
export interface InteractionStep {
  slug: string;
  uid: string;
  step: string;
}

/**
 * Takes the user's answer to one step of an interaction and redirects the browser: to the authorization endpoint when
 * the answer is accepted, otherwise back to the interaction's page, which shows the problem.
 * @param currentSession the session at the EHR that this browser brings
 */
export async function answerInteraction(
  request: Request,
  step: InteractionStep,
  currentSession: () => Promise<SecretHash | undefined>,
): Promise<Response> {
  try {
    return await answerStep(request, step, currentSession);
  } catch (thrown) {
    const busy = busyOf(thrown);
    if (busy) return refusedForNow(request, busy);
    throw thrown;
  }
}

async function answerStep(
  request: Request,
  { slug, uid, step }: InteractionStep,
  currentSession: () => Promise<SecretHash | undefined>,
): Promise<Response> {
  const page = `${env().origin}/${encodeURIComponent(slug)}/oauth/interaction/${encodeURIComponent(uid)}`;
  const interaction = await openInteraction(slug, uid, request.headers.get('cookie') ?? '');
  if (!interaction || !comesFromOurPage(request, step)) return goTo(page);
  const signedIn = await findSignedIn(interaction.sandbox.id, await currentSession());
  if (!signedIn) return goTo(page);
  const form = await readForm(request);
  if (!form) return new Response(tooLong(maxBodyLength.message), { status: 413 });
  const next = await takeAnswer(interaction, signedIn, { step, form });
  return goTo(next ?? `${page}?problem=${encodeURIComponent(step)}`);
}

/**
 * Tells whether the request comes from a form of the interaction's page. The sign-in step is exempt: it is reached by a
 * redirect, because signing in happens elsewhere.
 */
function comesFromOurPage(request: Request, step: string): boolean {
  if (step === 'sign-in') return request.method === 'GET';
  return request.method === 'POST' && sentFrom(env().origin, request.headers);
}

/** The URL at which the browser goes on; undefined when the answer is not accepted. */
async function takeAnswer(
  interaction: OpenInteraction,
  { signIn, member }: { signIn: SignIn; member: SandboxMember | undefined },
  { step, form }: { step: string; form: URLSearchParams },
): Promise<string | undefined> {
  if (step === 'deny') return deny(interaction, member);
  if (!member) return undefined;
  if (step === 'sign-in') return finishSignIn(interaction, signIn);
  if (step !== interaction.prompt || interaction.sessionId !== signIn.sessionId) return undefined;
  if (step === 'select_account') return interaction.finish({ select_account: {} });
  if (step === 'consent') return answerConsent(interaction, member, form);
  const choices = await auditedChoice(interaction, member, form);
  return choices && interaction.finish({ ...choices });
}

function deny(interaction: OpenInteraction, member: SandboxMember | undefined): Promise<string> {
  if (member) recordConsent(interaction, member, []);
  return interaction.refuse('access_denied', 'The user did not allow it.');
}

/** The choice of the user, recorded in the audit log, even when they may not see the patient or encounter. */
function auditedChoice(interaction: OpenInteraction, member: SandboxMember, form: URLSearchParams) {
  const { prompt, sandbox, toAllow } = interaction;
  const sent = { method: 'POST' as const, chosen: form.get(prompt)?.slice(0, 200) ?? '' };
  const read = () => {
    notePatient(sandbox.id, prompt === 'patient' ? form.get(prompt) : toAllow.patient);
    return readChoices(interaction, member, form);
  };
  return auditedStep(interaction, member, sent, read, (choices) => (choices ? 303 : 404));
}

async function finishSignIn(interaction: OpenInteraction, signIn: SignIn): Promise<string | undefined> {
  if (mustSignInAgain(interaction, signIn)) return undefined;
  if (interaction.prompt !== 'login' && interaction.prompt !== 'select_account') return undefined;
  return interaction.finishSignIn(signIn);
}

/** The fields of the form; undefined when it is too long. */
async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  const body = await readBody(request, maxBodyLength.message);
  return body && new URLSearchParams(new TextDecoder().decode(body));
}

function goTo(address: string): Response {
  return new Response(null, { status: 303, headers: { Location: address, 'Cache-Control': 'no-store' } });
}
