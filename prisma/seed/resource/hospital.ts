import type { Bundle, FhirResource, Location, Organization, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { hl7Concept } from '../codes/coding.ts';
import { claims } from '../codes/us-core.ts';
import type { LocationKey } from '../data/staff.ts';
import { locations, staff } from '../data/staff.ts';
import { practitionerOf, practitionerRoleOf } from './practitioner.ts';

/** Base URL of the identifier systems of the fictitious hospital. */
export const identifierBase = 'https://lakeside.example/identifiers';

export const hospital: Reference = { reference: 'Organization/lakeside', display: 'Lakeside General Hospital' };
export const laboratory: Reference = { reference: 'Organization/lakeside-lab', display: 'Lakeside Laboratory' };

const address = { line: ['100 Lakeshore Way'], city: 'Madison', state: 'WI', postalCode: '53703', country: 'US' };

function organization(id: string, name: string, phone: string, partOf?: Reference): Organization {
  return withoutUndefined<Organization>({
    resourceType: 'Organization',
    id,
    meta: claims('organization'),
    identifier: [{ system: `${identifierBase}/organization`, value: id }],
    active: true,
    type: [
      hl7Concept('organization-type', partOf ? 'dept' : 'prov', partOf ? 'Hospital Department' : 'Healthcare Provider'),
    ],
    name,
    telecom: [{ system: 'phone', value: phone, use: 'work' }],
    address: [address],
    partOf,
  });
}

function location(id: LocationKey): Location {
  return {
    resourceType: 'Location',
    id,
    meta: claims('location'),
    identifier: [{ system: `${identifierBase}/location`, value: id }],
    status: 'active',
    name: locations[id],
    mode: 'instance',
    telecom: [{ system: 'phone', value: '608-555-0100', use: 'work' }],
    address,
    managingOrganization: hospital,
  };
}

export function locationReference(id: LocationKey): Reference {
  return { reference: `Location/${id}`, display: locations[id] };
}

/** A `collection` Bundle of resources, without fullUrls. */
export function collect(resources: FhirResource[]): Bundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

/** The hospital, its places and its staff, identical in every sandbox. */
export function hospitalBundle(): Bundle {
  return collect([
    organization('lakeside', 'Lakeside General Hospital', '608-555-0100'),
    organization('lakeside-lab', 'Lakeside Laboratory', '608-555-0120', hospital),
    ...(Object.keys(locations) as LocationKey[]).map(location),
    ...staff.map((member) => practitionerOf(member, identifierBase)),
    ...staff.map((member) => practitionerRoleOf(member, identifierBase, hospital)),
  ]);
}
