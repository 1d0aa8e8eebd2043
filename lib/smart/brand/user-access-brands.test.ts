import type { Endpoint, Organization, Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { smartConfiguration, smartEndpoints } from '../sandbox/capabilities.ts';
import { readBrand } from './brand.ts';
import { brandIdentifier, type PublishedBrand } from './organization.ts';
import { brandBundle } from './user-access-brands.ts';

const origin = 'https://ehr.example';
const changed = new Date('2026-11-20T12:00:00.000Z');
const extensions = 'http://hl7.org/fhir/StructureDefinition';

const full: PublishedBrand = {
  slug: 'lakeside',
  name: 'Lakeside General',
  updatedAt: changed,
  brand: readBrand({
    logoUri: '/brands/lakeside.svg',
    logoLicense: 'https://lakeside.example/terms',
    website: 'https://www.lakeside.example/about?x=1',
    aliases: ['LGH'],
    categories: ['prov', 'laboratory'],
    identifiers: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }, { value: 'L-7' }],
    addresses: [{ line: ['1 Lakeside Drive'], city: 'Madison', state: 'WI', postalCode: '53703' }, { city: 'Monona' }],
    portals: [
      {
        name: 'MyLakeside',
        description: 'For patients.',
        url: 'https://my.lakeside.example',
        logoUri: '/brands/portal.svg',
        logoLicense: '/terms',
      },
      { name: 'Children' },
    ],
    partOf: { name: 'Great Lakes', website: 'https://www.greatlakes.example' },
    endpoint: { name: 'Lakeside R4', status: 'test', developerUrl: 'https://dev.lakeside.example' },
  }),
};
const empty: PublishedBrand = {
  slug: 'ward',
  name: 'Ward',
  updatedAt: new Date('2026-11-21T00:00:00.000Z'),
  brand: readBrand({}),
};

function parts(published: PublishedBrand[]) {
  const bundle = brandBundle(published, { origin });
  const resources = (bundle.entry ?? []).map(({ resource }) => resource as Resource);
  const find = <R extends Resource>(type: string, id: string) =>
    resources.find((resource) => resource.resourceType === type && resource.id === id) as R;
  return { bundle, resources, find };
}

const { bundle, resources, find } = parts([full, empty]);
const lakeside = find<Organization>('Organization', 'lakeside');

function extensionOf(organization: Organization, name: string) {
  return (organization.extension ?? []).filter(({ url }) => url === `${extensions}/${name}`);
}

/** The validator's issues but its warnings: it warns that the profiles of the brands specification are not at hand. */
const issues = (resource: unknown) => validateResource(resource).filter(({ severity }) => severity !== 'warning');

describe('a brand bundle', () => {
  it('is a valid collection of valid resources', () => {
    expect(bundle.type).toBe('collection');
    expect(issues(bundle)).toEqual([]);
    for (const resource of resources) expect(issues(resource)).toEqual([]);
    expect(issues(brandBundle([], { origin }))).toEqual([]);
  });

  it('says when it last changed, and when each brand did [SMART 398 418 419]', () => {
    expect(bundle.timestamp).toBe('2026-11-21T00:00:00.000Z');
    expect(bundle.meta?.lastUpdated).toBe(bundle.timestamp);
    expect(lakeside.meta?.lastUpdated).toBe('2026-11-20T12:00:00.000Z');
    expect(find('Endpoint', 'ward').meta?.lastUpdated).toBe('2026-11-21T00:00:00.000Z');
    expect(brandBundle([full], { origin }).timestamp).toBe('2026-11-20T12:00:00.000Z');
  });

  it('has a full URL for each resource, by which the references within it resolve', () => {
    const urls = (bundle.entry ?? []).map(({ fullUrl }) => fullUrl ?? '');
    expect(new Set(urls).size).toBe(resources.length);
    const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(references.length).toBeGreaterThan(5);
    for (const reference of references) expect(urls).toContain(`${origin}/user-access-brands/${reference}`);
  });

  it('has for each endpoint a primary brand that refers to it [SMART 396 417]', () => {
    for (const { id } of resources.filter(({ resourceType }) => resourceType === 'Endpoint')) {
      const reference = { reference: `Endpoint/${id}` };
      const brands = resources.filter((resource) => (resource as Organization).endpoint?.[0]?.reference);
      const named = (brands as Organization[]).filter(({ endpoint }) =>
        endpoint?.some((one) => one.reference === reference.reference),
      );
      expect(named).toHaveLength(1);
      expect(named[0]?.name).toMatch(/Lakeside|Ward/);
    }
  });
});

describe('a brand', () => {
  it('carries every must-support element that its administrators gave [SMART 402 436]', () => {
    expect(lakeside).toMatchObject({
      name: 'Lakeside General',
      active: true,
      alias: ['LGH'],
      telecom: [{ system: 'url', value: 'https://www.lakeside.example/about?x=1' }],
      address: full.brand.addresses,
      partOf: { reference: 'Organization/lakeside.part-of' },
      endpoint: [{ reference: 'Endpoint/lakeside' }],
    });
    expect(lakeside.type?.map(({ coding }) => coding?.[0]?.code)).toEqual(['prov', 'laboratory']);
    expect(extensionOf(lakeside, 'organization-brand')[0]?.extension).toEqual([
      { url: 'brandLogo', valueUrl: `${origin}/brands/lakeside.svg` },
      { url: 'brandLogoLicense', valueUrl: 'https://lakeside.example/terms' },
    ]);
    expect(extensionOf(lakeside, 'organization-portal').map(({ extension }) => extension)).toEqual([
      [
        { url: 'portalName', valueString: 'MyLakeside' },
        { url: 'portalDescription', valueMarkdown: 'For patients.' },
        { url: 'portalUrl', valueUrl: 'https://my.lakeside.example' },
        { url: 'portalLogo', valueUrl: `${origin}/brands/portal.svg` },
        { url: 'portalLogoLicense', valueUrl: `${origin}/terms` },
        { url: 'portalEndpoint', valueReference: { reference: 'Endpoint/lakeside' } },
      ],
      [
        { url: 'portalName', valueString: 'Children' },
        { url: 'portalUrl', valueUrl: `${origin}/lakeside` },
        { url: 'portalEndpoint', valueReference: { reference: 'Endpoint/lakeside' } },
      ],
    ]);
    expect(find<Endpoint>('Endpoint', 'lakeside')).toMatchObject({
      extension: [{ url: `${extensions}/endpoint-fhir-version`, valueCode: '4.0.1' }],
      status: 'test',
      connectionType: { code: 'hl7-fhir-rest' },
      name: 'Lakeside R4',
      contact: [{ system: 'url', value: 'https://dev.lakeside.example' }],
      address: `${origin}/lakeside/fhir`,
    });
  });

  it('has identifiers of its own, of its website, and those its administrators gave [SMART 403 421 422]', () => {
    expect(lakeside.identifier).toEqual([
      { system: 'urn:ietf:rfc:3986', value: `${origin}/lakeside` },
      { system: 'urn:ietf:rfc:3986', value: 'https://lakeside.example' },
      { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' },
      { value: 'L-7' },
    ]);
  });

  it('gives no reason for absent data but that it is unknown [SMART 405 437]', () => {
    const reasons = [...JSON.stringify(bundle).matchAll(/data-absent-reason","valueCode":"([^"]+)"/g)];
    expect(reasons.map(([, reason]) => reason)).toEqual(['asked-unknown']);
    expect(find<Organization>('Organization', 'ward').telecom).toHaveLength(1);
  });

  it('names portal and developer pages of this server where none are given', () => {
    const ward = find<Organization>('Organization', 'ward');
    expect(extensionOf(ward, 'organization-portal')[0]?.extension).toMatchObject([
      { url: 'portalName', valueString: 'Ward' },
      { url: 'portalUrl', valueUrl: `${origin}/ward` },
      { url: 'portalEndpoint' },
    ]);
    expect(find<Endpoint>('Endpoint', 'ward').contact?.[0]?.value).toBe(`${origin}/ward/admin/apps`);
  });
});

describe('smart-configuration', () => {
  const configuration = smartConfiguration(smartEndpoints(`${origin}/lakeside`));
  const identifier = brandIdentifier(`${origin}/lakeside`);

  it('names the bundle, and the brand in it by a value and its system [SMART 409 410 427 428 430 431]', () => {
    expect(configuration.user_access_brand_bundle).toBe(`${origin}/lakeside/user-access-brands.json`);
    expect(configuration.user_access_brand_identifier).toEqual(identifier);
    expect(identifier).toEqual({ system: 'urn:ietf:rfc:3986', value: `${origin}/lakeside` });
  });

  it.each([
    ['of its own', [full]],
    ['of all', [empty, full, { ...full, slug: 'lakeside-2' }]],
    [
      'in which a customer gave the same identifier',
      [{ ...full, brand: { ...full.brand, identifiers: [identifier, identifier] } }],
    ],
    [
      'whose website is this server',
      [{ ...full, brand: { ...full.brand, website: `${origin}/lakeside`, partOf: { name: 'P', website: origin } } }],
    ],
  ])('identifies exactly one organisation in the bundle %s [SMART 412 432]', (_, published) => {
    const matching = parts(published)
      .resources.flatMap((resource) => (resource as Organization).identifier ?? [])
      .filter(({ system, value }) => system === identifier.system && value === identifier.value);
    expect(matching).toHaveLength(1);
  });

  it('announces the style [SMART 360]', () => {
    expect(configuration.capabilities).toContain('context-style');
  });
});
