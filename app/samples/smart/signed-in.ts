import { nameText } from './demographics.ts';
import { fetchFhir } from './fhir-request.ts';
import { practitionerSchema } from './resources.ts';
import type { Session } from './session.ts';

/**
 * Name of the signed-in user, from the resource that fhirUser refers to; the reference itself if that may not be read.
 */
export async function signedInName(session: Session): Promise<string | null> {
  if (!session.fhirUser) return null;
  const resource = await fetchFhir(session, session.fhirUser).catch(() => null);
  const parsed = practitionerSchema.safeParse(resource);
  return (parsed.success && nameText(parsed.data.name)) || session.fhirUser;
}
