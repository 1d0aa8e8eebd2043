import type { CapabilityStatement } from 'fhir/r4';
import { findSandbox } from '#lib/data/sandboxes.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { openToAllOrigins } from '#lib/http/cors.ts';
import { smartConfiguration, smartEndpoints } from '#lib/smart/capabilities.ts';
import { answerResource } from './answer.ts';
import { unknownSandbox } from './bearer.ts';
import { capabilityStatement } from './capability-statement.ts';

const published = { ...openToAllOrigins, 'Cache-Control': 'public, max-age=60' };

/** `GET metadata`, for everyone. @see https://hl7.org/fhir/R4/http.html#capabilities */
export async function answerMetadata(slug: string): Promise<Response> {
  await requireSandbox(slug);
  const statement: CapabilityStatement = capabilityStatement(fhirBaseOf(slug), endpointsOf(slug));
  return answerResource(statement, published);
}

/**
 * `GET .well-known/smart-configuration`, for everyone and whatever they accept.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#using-well-known
 */
export async function answerSmartConfiguration(slug: string): Promise<Response> {
  await requireSandbox(slug);
  return Response.json(smartConfiguration(endpointsOf(slug)), { headers: published });
}

function endpointsOf(slug: string) {
  return smartEndpoints(issuerOf(slug));
}

async function requireSandbox(slug: string): Promise<void> {
  if (!(await findSandbox(slug))) throw unknownSandbox();
}
