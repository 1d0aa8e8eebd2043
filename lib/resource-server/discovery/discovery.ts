import type { CapabilityStatement } from 'fhir/r4';
import { findIssuer } from '#lib/data/sandbox/issuers.ts';
import { fhirBaseOf, issuerOf } from '#lib/env.ts';
import { openToAllOrigins } from '#lib/http/cors.ts';
import { type SmartEndpoints, smartConfiguration, smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';
import { answerResource } from '../request/answer.ts';
import { unknownSandbox } from '../request/bearer.ts';
import { capabilityStatement } from './capability-statement.ts';

const published = { ...openToAllOrigins, 'Cache-Control': 'public, max-age=60' };

/** Answers `GET metadata`, which needs no token. @see https://hl7.org/fhir/R4/http.html#capabilities */
export async function answerMetadata(slug: string): Promise<Response> {
  const statement: CapabilityStatement = capabilityStatement(fhirBaseOf(slug), await endpointsOf(slug));
  return answerResource(statement, published);
}

/**
 * Answers `GET .well-known/smart-configuration`, which needs no token and ignores Accept.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#using-well-known
 */
export async function answerSmartConfiguration(slug: string): Promise<Response> {
  return Response.json(smartConfiguration(await endpointsOf(slug)), { headers: published });
}

async function endpointsOf(slug: string): Promise<SmartEndpoints> {
  const issuer = await findIssuer(slug);
  if (!issuer) throw unknownSandbox();
  return smartEndpoints(issuerOf(slug), { registers: issuer.registration !== 'off' });
}
