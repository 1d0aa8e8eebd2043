import { env } from '#lib/env.ts';

/** The FHIR base URL of a sandbox, without a trailing slash: what its tokens are issued for. */
export function fhirBaseOf(slug: string): string {
  return `${env().origin}/${slug}/fhir`;
}
