import { parseWithZod } from '@conform-to/zod/v4';
import { describe, expect, it } from 'vitest';
import { readBrand } from './brand.ts';
import { brandForm, toTypedBrand } from './form.ts';

const schema = brandForm({ origin: 'https://ehr.example' });

/** The result of the form for fields that a browser sends. */
function submit(fields: Record<string, string | string[]>) {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value);
  const submission = parseWithZod(data, { schema });
  return submission.status === 'success' ? submission.value : submission.reply().error;
}

const typed = {
  logoUri: '/brands/l.svg',
  logoLicense: 'https://l.example/terms',
  color: '#0F6E84',
  website: 'https://l.example ',
  aliases: 'LGH\r\n\r\n Lakeside ',
  categories: ['prov', 'imaging'],
  identifiers: 'http://hl7.org/fhir/sid/us-npi|1234567893\nL-7',
  'addresses[0].line': '1 Lakeside Drive\nBuilding B',
  'addresses[0].city': 'Madison',
  'addresses[0].state': 'WI',
  'addresses[0].postalCode': '53703',
  'addresses[0].country': 'US',
  'portals[0].name': 'MyLakeside',
  'portals[0].description': 'For patients.',
  'portals[0].url': 'https://my.l.example',
  'portals[0].logoUri': '/brands/p.svg',
  'portals[0].logoLicense': '/terms',
  'partOf.name': 'Great Lakes',
  'partOf.website': 'https://g.example',
  'endpoint.name': 'R4',
  'endpoint.status': 'test',
  'endpoint.developerUrl': 'https://dev.l.example',
};

const brand = {
  logoUri: '/brands/l.svg',
  logoLicense: 'https://l.example/terms',
  color: '#0F6E84',
  website: 'https://l.example',
  aliases: ['LGH', 'Lakeside'],
  categories: ['prov', 'imaging'],
  identifiers: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }, { value: 'L-7' }],
  addresses: [
    { line: ['1 Lakeside Drive', 'Building B'], city: 'Madison', state: 'WI', postalCode: '53703', country: 'US' },
  ],
  portals: [
    {
      name: 'MyLakeside',
      description: 'For patients.',
      url: 'https://my.l.example',
      logoUri: '/brands/p.svg',
      logoLicense: '/terms',
    },
  ],
  partOf: { name: 'Great Lakes', website: 'https://g.example' },
  endpoint: { name: 'R4', status: 'test', developerUrl: 'https://dev.l.example' },
};

describe('the brand form', () => {
  it('takes every must-support element of brands and endpoints, identifiers included [SMART 402 403 421 436]', () => {
    expect(submit(typed)).toEqual(brand);
  });

  it('needs nothing, and leaves out what was added and left empty', () => {
    const blank = { color: '', 'addresses[0].city': ' ', 'portals[0].name': '', 'partOf.name': '', aliases: '\n' };
    expect(submit(blank)).toEqual({ ...readBrand({}), categories: [] });
  });

  it.each([
    ['color', 'teal'],
    ['logoUri', 'javascript:alert(1)'],
    ['website', 'lakeside'],
    ['aliases', 'x'.repeat(201)],
    ['identifiers', 'NPI|1'],
    ['categories', 'hospital'],
    ['addresses[0].postalCode', '1'.repeat(21)],
    ['portals[0].url', 'ftp://x.example'],
    ['partOf.website', 'http://g.example'],
    ['endpoint.status', 'error'],
    ['endpoint.developerUrl', '//x.example'],
  ])('says beside %s what is wrong with %s', (field, value) => {
    const said = submit({ ...typed, [field]: value }) as Record<string, string[]>;
    expect(Object.keys(said)).toEqual([field === 'categories' ? 'categories[0]' : field]);
    expect(Object.values(said)[0]?.[0]).toMatch(/^(This|Line 1) .+\.$/);
  });

  it('says it beside the right group when one before it is blank', () => {
    const fields = { 'portals[0].name': ' ', 'portals[1].url': 'x', 'partOf.website': 'https://g.example' };
    expect(Object.keys(submit(fields) as object)).toEqual(['portals[1].url', 'partOf.name']);
  });

  it('shows a brand as it takes it', () => {
    const shown = toTypedBrand(readBrand(brand));
    expect(schema.parse(shown)).toEqual(brand);
    expect(schema.parse(toTypedBrand(readBrand({})))).toEqual(readBrand({}));
  });
});
