import { z } from 'zod';
import { recordLaunch } from '#lib/data/launches.ts';
import type { Member } from '#lib/data/memberships.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { ClientId } from '#lib/smart/client-registration.ts';
import { launchUrl } from '#lib/smart/launch.ts';
import { permissionOfMember } from '#lib/smart/member-permission.ts';
import type { Refusal } from './refusal.ts';

const Id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/);
const LaunchForm = z.object({ client_id: ClientId, patient: Id.optional(), encounter: Id.optional() });

/**
 * Records a launch by `member` for what the form names, as far as they may see it, and answers the address of the app,
 * or why there is none.
 */
export async function startLaunch(member: Member, form: FormData): Promise<{ url: string } | { refusal: Refusal }> {
  const parsed = LaunchForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { refusal: 'malformed-parameters' };
  const { client_id: clientId, ...parameters } = parsed.data;
  const { sandbox, user } = member;
  const recorded = await recordLaunch({
    ...{ sandboxId: sandbox.id, clientId, userId: user.id, parameters, origin: 'ui' },
    permission: permissionOfMember(member),
  });
  if ('refusal' in recorded) return { refusal: recorded.refusal.reason };
  if (!recorded.launchUri) return { refusal: 'no-launch-uri' };
  return { url: launchUrl(recorded.launchUri, fhirBaseOf(sandbox.slug), recorded.launchId) };
}
