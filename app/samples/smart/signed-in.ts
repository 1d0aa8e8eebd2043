import { nameText } from './demographics.ts';
import { fetchFhir } from './fhir-request.ts';
import { practitionerSchema } from './resources.ts';
import type { Session } from './session.ts';

/** The name of who signed in, from their fhirUser resource; the reference itself when that may not be read. */
export async function signedInName(session: Session): Promise<string | null> {
  if (!session.fhirUser) return null;
  const resource = await fetchFhir(session, session.fhirUser).catch(() => null);
  const parsed = practitionerSchema.safeParse(resource);
  return (parsed.success && nameText(parsed.data.name)) || session.fhirUser;
}
