import type { Bundle, Endpoint, Organization } from 'fhir/r4';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { absoluteAddress } from '../app-address.ts';
import { organizationOf, type PublishedBrand, parentOf } from './organization.ts';

const profiles = 'http://hl7.org/fhir/smart-app-launch/StructureDefinition';
const extensions = 'http://hl7.org/fhir/StructureDefinition';

/**
 * The user-access brands bundle of the sandboxes of this server. Each sandbox adds its brand, the organization that the
 * brand is part of, and its FHIR endpoint.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/brands.html
 */
export function brandBundle(published: PublishedBrand[], own: OwnOrigins): Bundle<Organization | Endpoint> {
  const entry = published
    .flatMap((one) => [...parentOf(one, own), organizationOf(one, own), endpointOf(one, own)])
    .map((resource) => ({
      fullUrl: `${own.origin}/user-access-brands/${resource.resourceType}/${resource.id}`,
      resource,
    }));
  const changes = published.map(({ updatedAt }) => updatedAt.getTime());
  const timestamp = new Date(Math.max(0, ...changes)).toISOString();
  const bundle: Bundle<Organization | Endpoint> = {
    resourceType: 'Bundle',
    meta: { lastUpdated: timestamp, profile: [`${profiles}/user-access-brands-bundle`] },
    type: 'collection',
    timestamp,
    entry: entry.length > 0 ? entry : undefined,
  };
  return withoutUndefined(bundle);
}

function endpointOf({ slug, name, brand, updatedAt }: PublishedBrand, own: OwnOrigins): Endpoint {
  const { status, developerUrl } = brand.endpoint;
  return {
    resourceType: 'Endpoint',
    id: slug,
    meta: { lastUpdated: updatedAt.toISOString(), profile: [`${profiles}/user-access-endpoint`] },
    extension: [{ url: `${extensions}/endpoint-fhir-version`, valueCode: '4.0.1' }],
    status,
    connectionType: {
      system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
      code: 'hl7-fhir-rest',
    },
    name: brand.endpoint.name ?? `FHIR R4 of ${name}`,
    managingOrganization: { reference: `Organization/${slug}`, display: name },
    contact: [{ system: 'url', value: absoluteAddress(developerUrl ?? `/${slug}/admin/apps`, own) }],
    payloadType: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/endpoint-payload-type', code: 'none' }] },
    ],
    address: `${own.origin}/${slug}/fhir`,
  };
}
