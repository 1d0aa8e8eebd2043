import { z } from 'zod';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { type NewLaunch, recordLaunch } from '#lib/data/launch/launches.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { ClientId } from '#lib/smart/client/field-rules.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import { launchUrl } from '#lib/smart/launch/launch.ts';
import { readTypedParameters, TypedParameters } from '#lib/smart/launch/parameters-form.ts';
import { permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import type { Refusal } from './refusal.ts';

const Id = z.string().refine(isId);
const LaunchForm = TypedParameters.extend({
  client_id: ClientId,
  patient: Id.optional(),
  encounter: Id.optional(),
  /** The fields of the parameters were shown, and began with the defaults of the app. */
  parameters: z.literal('typed').optional(),
});

export type StartedLaunch = { url: string } | { refusal: Refusal };

/**
 * Records a launch by `member` of the app that the form names, for a patient and encounter that they may see. Answers
 * the launch URL, or the reason for a refusal.
 */
export async function startLaunch(member: Member, form: FormData): Promise<StartedLaunch> {
  const parsed = LaunchForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { refusal: 'malformed-parameters' };
  const { client_id: clientId, patient, encounter, parameters: shown, ...typed } = parsed.data;
  const read = readTypedParameters(typed);
  if (read.issues) return { refusal: 'malformed-context' };
  const subject = withoutUndefined({ patient: patient || undefined, encounter: encounter || undefined });
  const parameters = { ...read.parameters, ...subject };
  return openAs(member, { clientId, parameters, origin: 'ui', withoutDefaults: shown === 'typed' });
}

type MadeUp = Pick<NewLaunch, 'clientId' | 'parameters' | 'origin' | 'withoutDefaults' | 'createdBy'> & {
  parameters: LaunchParameters;
};

/** Records a launch whose client and parameters are known, and answers the launch URL or the reason for a refusal. */
export function openAs(member: Member, launch: MadeUp): Promise<StartedLaunch> {
  const { clientId, parameters, origin } = launch;
  const query = { client_id: clientId, origin };
  return auditedPage(
    member,
    { interaction: 'launch', method: 'POST', path: 'launch', query },
    () => {
      notePatient(member.sandbox.id, parameters.patient);
      return record(member, launch);
    },
    statusOf,
  );
}

function statusOf(started: StartedLaunch): number {
  if ('url' in started) return 303;
  return started.refusal.startsWith('unknown-') ? 404 : 400;
}

async function record(member: Member, launch: MadeUp): Promise<StartedLaunch> {
  const { sandbox, user } = member;
  const permission = permissionOfMember(member);
  const recorded = await recordLaunch({ ...launch, sandboxId: sandbox.id, userId: user.id, permission });
  if ('refusal' in recorded) return { refusal: recorded.refusal.reason };
  if (!recorded.launchUri) return { refusal: 'no-launch-uri' };
  return { url: launchUrl(recorded.launchUri, fhirBaseOf(sandbox.slug), recorded.launchId) };
}
