import { z } from 'zod';
import { findClient } from '#lib/data/clients.ts';
import { recordLaunch } from '#lib/data/launches.ts';
import type { Member } from '#lib/data/memberships.ts';
import { readResource } from '#lib/data/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { ClientId, type LaunchNeeds } from '#lib/smart/client-registration.ts';
import { launchUrl } from '#lib/smart/launch.ts';
import { permissionOfMember } from '#lib/smart/member-permission.ts';
import type { Refusal } from './refusal.ts';

const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);
const LaunchForm = z.object({ client_id: ClientId, patient: Id.optional(), encounter: Id.optional() });

type Asked = z.infer<typeof LaunchForm>;

/** Records a launch by `member` for what the form names, and answers the address of the app, or why there is none. */
export async function startLaunch(member: Member, form: FormData): Promise<{ url: string } | { refusal: Refusal }> {
  const parsed = LaunchForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { refusal: 'malformed-parameters' };
  const refusal = await refusalOf(member, parsed.data);
  if (refusal) return { refusal };
  const { client_id: clientId, ...parameters } = parsed.data;
  const { sandbox, user } = member;
  const recorded = await recordLaunch({ sandboxId: sandbox.id, clientId, userId: user.id, parameters, origin: 'ui' });
  if ('refusal' in recorded) return { refusal: recorded.refusal.reason };
  if (!recorded.launchUri) return { refusal: 'no-launch-uri' };
  return { url: launchUrl(recorded.launchUri, fhirBaseOf(sandbox.slug), recorded.launchId) };
}

/** What the app needs and the member may see; all else is judged when the launch is recorded. */
async function refusalOf(member: Member, asked: Asked): Promise<Refusal | undefined> {
  const { client_id: clientId, patient } = asked;
  const [client, visible] = await Promise.all([
    findClient(member.sandbox.id, clientId),
    patient ? readResource(member.sandbox.id, permissionOfMember(member), 'Patient', patient) : undefined,
  ]);
  if (!client) return 'unknown-client';
  return patient && !visible ? 'unknown-patient' : missing(client.needs, asked);
}

function missing(needs: LaunchNeeds, { patient, encounter }: Asked): Refusal | undefined {
  if (needs === 'encounter' && !encounter) return 'encounter-required';
  return !patient && (encounter || needs !== 'none') ? 'patient-required' : undefined;
}
