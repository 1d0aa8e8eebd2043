import { z } from 'zod';
import { cardOf } from '#lib/cds-hooks/settle.ts';
import { findClientByLaunchUri } from '#lib/data/launch/uris.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { cdsClientId } from '#lib/data/token/cds-client-id.ts';
import { isRefusal } from '#lib/fhir/fhir-error.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { openAs, type StartedLaunch } from '../../launch/start-launch.ts';

const LinkForm = z.object({ card: z.uuid(), link: z.coerce.number().int().min(0).max(100) });

/**
 * Records a launch of the app behind a smart link, for the patient and encounter of the card and with the link's
 * `appContext`. Answers the launch URL, or the reason for a refusal.
 * @see https://cds-hooks.hl7.org/2.0/#link
 */
export async function launchFromCard(member: Member, form: FormData): Promise<StartedLaunch> {
  const parsed = LinkForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { refusal: 'malformed-parameters' };
  const found = await linkOf(member, parsed.data);
  if (!found) return { refusal: 'unknown-card' };
  const clientId = await findClientByLaunchUri(member.sandbox.id, found.url);
  if (!clientId) return { refusal: 'unknown-client' };
  const { parameters, createdBy } = found;
  return openAs(member, { clientId, parameters, createdBy, origin: 'cds' });
}

async function linkOf(member: Member, { card: id, link: index }: z.infer<typeof LinkForm>) {
  const found = await cardOf(member, id).catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown;
  });
  const link = found?.card.links[index];
  if (!found || link?.type !== 'smart') return undefined;
  const { patientId: patient, encounterId: encounter, serviceKey } = found.shown;
  const { url, appContext } = link;
  const parameters = withoutUndefined({ patient, encounter, appContext: appContext || undefined });
  return { url, parameters, createdBy: cdsClientId(serviceKey) };
}
