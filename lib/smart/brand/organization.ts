import type { Address, ContactPoint, Extension, Identifier, Organization } from 'fhir/r4';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { absoluteAddress } from '../app-address.ts';
import { type Brand, brandCategories } from './brand.ts';

/** A sandbox whose brand is published. */
export interface PublishedBrand {
  slug: string;
  name: string;
  brand: Brand;
  /** The time of the latest change of any of this. */
  updatedAt: Date;
}

const extensions = 'http://hl7.org/fhir/StructureDefinition';
const profile = 'http://hl7.org/fhir/smart-app-launch/StructureDefinition/user-access-brand';
const uri = 'urn:ietf:rfc:3986';

/** The identifier by which a sandbox's smart-configuration names its brand; it is unique on this server. */
export function brandIdentifier(issuer: string): { system: string; value: string } {
  return { system: uri, value: issuer };
}

/** A brand as an Organization of the user-access brands bundle. */
export function organizationOf({ slug, name, brand, updatedAt }: PublishedBrand, own: OwnOrigins): Organization {
  const { aliases, categories, addresses, website } = brand;
  return withoutUndefined({
    ...brandResource(slug, updatedAt),
    extension: [...logoExtension(brand, own), ...portalExtensions(slug, name, brand, own)],
    identifier: identifiersOf(slug, brand, own),
    type: categories.length > 0 ? categories.map((code) => ({ coding: [categoryCoding(code)] })) : undefined,
    name,
    alias: aliases.length > 0 ? aliases : undefined,
    telecom: [websiteOf(website, own)],
    address: addresses.length > 0 ? (addresses as Address[]) : undefined,
    partOf: brand.partOf && { reference: `Organization/${parentId(slug)}`, display: brand.partOf.name },
    endpoint: [{ reference: `Endpoint/${slug}` }],
  });
}

/** The Organization that a brand is part of; empty when the brand names none. */
export function parentOf({ slug, brand: { partOf }, updatedAt }: PublishedBrand, own: OwnOrigins): Organization[] {
  if (!partOf) return [];
  const identifier = websiteIdentifier(partOf.website, own);
  return [
    withoutUndefined({
      ...brandResource(parentId(slug), updatedAt),
      identifier: identifier && [identifier],
      name: partOf.name,
      telecom: [websiteOf(partOf.website, own)],
    }),
  ];
}

/** An id that no sandbox has, since slugs have no dots. */
function parentId(slug: string): string {
  return `${slug}.part-of`;
}

function brandResource(id: string, updatedAt: Date): Organization {
  const meta = { lastUpdated: updatedAt.toISOString(), profile: [profile] };
  return { resourceType: 'Organization', id, meta, active: true };
}

function categoryCoding(code: Brand['categories'][number]) {
  return { system: 'http://terminology.hl7.org/CodeSystem/organization-type', code, display: brandCategories[code] };
}

/** The website as a ContactPoint. The profile requires one, so a missing one is marked as asked for and unknown. */
function websiteOf(website: string | undefined, own: OwnOrigins): ContactPoint {
  if (website) return { system: 'url', value: absoluteAddress(website, own) };
  const reason = { url: `${extensions}/data-absent-reason`, valueCode: 'asked-unknown' };
  return { system: 'url', _value: { extension: [reason] } };
}

function identifiersOf(slug: string, { website, identifiers }: Brand, own: OwnOrigins): Identifier[] {
  const ours = brandIdentifier(`${own.origin}/${slug}`);
  const others = [...[websiteIdentifier(website, own) ?? []].flat(), ...identifiers];
  return [ours, ...others.filter(({ value }) => value !== ours.value)].map(({ system, value }) =>
    withoutUndefined({ system: system || undefined, value }),
  );
}

/** The identifier that SMART recommends: the website without path and `www.`. */
function websiteIdentifier(
  website: string | undefined,
  own: OwnOrigins,
): { system: string; value: string } | undefined {
  if (!website) return undefined;
  const { protocol, host } = new URL(absoluteAddress(website, own));
  return { system: uri, value: `${protocol}//${host.replace(/^www\./, '')}` };
}

function logoExtension({ logoUri, logoLicense }: Brand, own: OwnOrigins): Extension[] {
  const parts = [...linkPart('brandLogo', logoUri, own), ...linkPart('brandLogoLicense', logoLicense, own)];
  return parts.length > 0 ? [{ url: `${extensions}/organization-brand`, extension: parts }] : [];
}

/** The brand's portals; the sandbox's own pages when it names none. */
function portalExtensions(slug: string, name: string, { portals }: Brand, own: OwnOrigins): Extension[] {
  const given: Brand['portals'] = portals.length > 0 ? portals : [{}];
  return given.map((portal) => ({
    url: `${extensions}/organization-portal`,
    extension: [
      { url: 'portalName', valueString: portal.name ?? name },
      ...(portal.description ? [{ url: 'portalDescription', valueMarkdown: portal.description }] : []),
      ...linkPart('portalUrl', portal.url ?? `/${slug}`, own),
      ...linkPart('portalLogo', portal.logoUri, own),
      ...linkPart('portalLogoLicense', portal.logoLicense, own),
      { url: 'portalEndpoint', valueReference: { reference: `Endpoint/${slug}` } },
    ],
  }));
}

function linkPart(url: string, address: string | undefined, own: OwnOrigins): Extension[] {
  return address ? [{ url, valueUrl: absoluteAddress(address, own) }] : [];
}
