import { describe, expect, it } from 'vitest';
import { brandSchema, readBrand } from './brand.ts';

const schema = brandSchema({ origin: 'http://sandbox.test:3000' });

const full = {
  logoUri: '/brands/lakeside.svg',
  logoLicense: 'https://lakeside.example/logo-terms',
  color: '#0b5f7c',
  website: 'https://www.lakeside.example/',
  aliases: ['Lakeside Hospital'],
  categories: ['prov', 'laboratory'],
  identifiers: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
  addresses: [{ line: ['1 Lake Road'], city: 'Madison', state: 'WI', postalCode: '53703', country: 'US' }],
  portals: [{ name: 'MyLakeside', description: 'For patients.', url: 'https://my.lakeside.example' }],
  partOf: { name: 'Great Lakes Health', website: 'https://greatlakes.example' },
  endpoint: { name: 'FHIR R4', status: 'test', developerUrl: 'https://dev.lakeside.example' },
};

describe('the rules of a brand', () => {
  it('takes every member', () => {
    expect(schema.parse(full)).toEqual(full);
  });

  it('needs none', () => {
    expect(schema.parse({})).toEqual({
      aliases: [],
      categories: ['prov'],
      identifiers: [],
      addresses: [],
      portals: [],
      endpoint: { status: 'active' },
    });
  });

  it.each([
    [{ logoUri: 'http://elsewhere.example/logo.png' }, 'logoUri'],
    [{ logoUri: 'javascript:alert(1)' }, 'logoUri'],
    [{ logoUri: '//elsewhere.example/logo.png' }, 'logoUri'],
    [{ color: 'teal' }, 'color'],
    [{ color: '#fff' }, 'color'],
    [{ color: '#0b5f7c; background: url(x)' }, 'color'],
    [{ website: 'javascript:alert(1)' }, 'website'],
    [{ website: 'http://elsewhere.example' }, 'website'],
    [{ aliases: [''] }, 'aliases.0'],
    [{ categories: ['hospital'] }, 'categories.0'],
    [{ identifiers: [{ system: 'NPI', value: '1' }] }, 'identifiers.0.system'],
    [{ identifiers: [{ system: 'urn:oid:1.2' }] }, 'identifiers.0.value'],
    [{ addresses: [{}] }, 'addresses.0'],
    [{ portals: [{ url: 'ftp://elsewhere.example' }] }, 'portals.0.url'],
    [{ partOf: { website: 'https://greatlakes.example' } }, 'partOf.name'],
    [{ endpoint: { status: 'entered-in-error' } }, 'endpoint.status'],
    [{ colour: '#0b5f7c' }, ''],
    [{ aliases: ['two\nlines'] }, 'aliases.0'],
    [{ aliases: ['half \ud800'] }, 'aliases.0'],
    [{ logoUri: '/logo\0.svg' }, 'logoUri'],
    [{ website: 'https://www.lakeside.example/\ud800' }, 'website'],
    [{ identifiers: [{ system: 'urn:oid:\0', value: '1' }] }, 'identifiers.0.system'],
    [{ portals: [{ description: 'NUL \0' }] }, 'portals.0.description'],
  ])('refuses %j', (brand, path) => {
    const parsed = schema.safeParse(brand);
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('a stored brand', () => {
  it('is read as it was written', () => {
    expect(readBrand(full)).toEqual(full);
  });

  it.each([undefined, null, 'x', [], 7, {}])('is empty when it holds %j', (json) => {
    expect(readBrand(json)).toEqual(schema.parse({}));
  });

  it('loses what cannot be read, and keeps the rest', () => {
    const brand = readBrand({ ...full, color: 'teal', portals: [{ url: 'javascript:alert(1)' }], more: true });
    const { color: _, ...others } = full;
    expect(brand).toEqual({ ...others, portals: [] });
  });
});
