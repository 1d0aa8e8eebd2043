import { env } from '#lib/env.ts';

/** The issuer of a sandbox, the prefix of all its URLs. */
export function issuerOf(slug: string): string {
  return `${env().origin}/${slug}`;
}

/** The FHIR base URL of a sandbox, without a trailing slash: `aud` of its tokens and `iss` of its launches. */
export function fhirBaseOf(slug: string): string {
  return `${issuerOf(slug)}/fhir`;
}
