import type { Bundle } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { saveBrand } from '#lib/data/sandbox/brands.ts';
import { env } from '#lib/env.ts';
import { readBrand } from '#lib/smart/brand/brand.ts';
import { smartStyle } from '#lib/smart/brand/smart-style.ts';
import { answerFhir } from '../answer-fhir.ts';
import { answerAllBrands, answerBrands, answerSmartStyle } from '../discovery/published.ts';

const { origin } = env();
let id: number;

beforeAll(async () => {
  id = (await database().sandbox.create({ data: { slug: 'lakeside', name: 'Lakeside' } })).id;
  const off = (await database().sandbox.create({ data: { slug: 'hidden', name: 'Hidden' } })).id;
  await database().sandbox.create({ data: { slug: 'ward', name: 'Ward' } });
  await saveBrand(id, readBrand({ color: '#5b21b6' }));
  await saveBrand(off, readBrand({ endpoint: { status: 'off' } }));
});

type Document = 'style' | 'brands' | 'all';

function get(document: Document, headers: Record<string, string> = {}, method = 'GET', slug = 'lakeside') {
  const request = new Request(origin, { headers, method });
  if (document === 'all') return answerAllBrands(request);
  return document === 'style' ? answerSmartStyle(request, slug) : answerBrands(request, slug);
}

const documents: Document[] = ['style', 'brands', 'all'];

describe.each(documents)('the published document: %s', (document) => {
  it('may be read by scripts of every origin [SMART 400 423]', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
      const response = await get(document, headers);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
      expect(response.headers.get('access-control-expose-headers')).toContain('ETag');
      expect(response.headers.has('access-control-allow-credentials')).toBe(false);
    }
    const preflight = await get(document, { origin: 'https://evil.example' }, 'OPTIONS');
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-None-Match');
  });

  it('has a weak ETag, and is not sent again to who holds it [SMART 401 424]', async () => {
    const first = await get(document);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[^"]+"$/);
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=[1-9]/);
    const second = await get(document, { 'if-none-match': tag });
    expect([second.status, await second.text(), second.headers.get('etag')]).toEqual([304, '', tag]);
    expect(second.headers.get('access-control-allow-origin')).toBe('*');
    expect((await get(document, { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });
});

describe('the style', () => {
  it("is the sandbox's, as plain JSON [SMART 360]", async () => {
    const response = await get('style', { accept: 'text/html' });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await response.json()).toEqual(smartStyle({ color: '#5b21b6' }));
  });
});

async function bundle(document: Document): Promise<Bundle> {
  return (await get(document)).json();
}

describe('brands', () => {
  it.each([
    [undefined, 'application/fhir+json'],
    ['*/*', 'application/fhir+json'],
    ['application/fhir+json', 'application/fhir+json'],
    ['application/json', 'application/json'],
    ['application/json, application/fhir+json', 'application/fhir+json'],
  ])('for Accept %s come as %s', async (accept, type) => {
    const response = await get('brands', accept ? { accept } : {});
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  });

  it('of a sandbox are its own only, and of the server those that apps can reach [SMART 407 433]', async () => {
    const ids = async (document: Document) => (await bundle(document)).entry?.map(({ resource }) => resource?.id);
    expect(new Set(await ids('brands'))).toEqual(new Set(['lakeside']));
    expect(await ids('all')).toEqual(expect.arrayContaining(['lakeside', 'ward']));
    expect(await ids('all')).not.toContain('hidden');
  });

  it('tell when they last changed, which asking does not change [SMART 398 418]', async () => {
    const before = await bundle('brands');
    expect((await bundle('brands')).timestamp).toBe(before.timestamp);
    await saveBrand(id, readBrand({ color: '#5b21b6', aliases: ['LG'] }));
    const after = await bundle('brands');
    expect(Date.parse(after.timestamp ?? '')).toBeGreaterThan(Date.parse(before.timestamp ?? ''));
    expect((await bundle('all')).timestamp).toBe(after.timestamp);
  });

  it('are where smart-configuration says [SMART 412 432]', async () => {
    const asked = new Request(`${origin}/lakeside/fhir/.well-known/smart-configuration`);
    const configuration = await (await answerFhir(asked, 'lakeside')).json();
    expect(configuration.user_access_brand_bundle).toBe(`${origin}/lakeside/user-access-brands.json`);
    const identifiers = JSON.stringify(await bundle('brands')).split(
      JSON.stringify(configuration.user_access_brand_identifier),
    );
    expect(identifiers).toHaveLength(2);
  });

  it.each(['style', 'brands'] as const)('of a sandbox that does not exist are not there: %s', async (document) => {
    const response = await get(document, {}, 'GET', 'nowhere');
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});
