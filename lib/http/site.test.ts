import { describe, expect, it } from 'vitest';
import { refusalOfSite, siteOf } from './site.ts';

const own = { origin: 'http://localhost:3000', samplesOrigin: 'http://127.0.0.1:3000' };
const ehr = 'localhost:3000';
const samples = '127.0.0.1:3000';
const ask = (method: string, url: string, host?: string) => ({
  method,
  url,
  headers: host === undefined ? {} : { host },
});

describe('siteOf', () => {
  it.each([
    [samples, own.samplesOrigin],
    [ehr, own.origin],
    ['127.0.0.1', own.origin],
    ['127.0.0.1:3001', own.origin],
    ['127.0.0.1:3000.', own.origin],
    ['x.127.0.0.1:3000', own.origin],
    ['evil.example', own.origin],
    [`${samples}, ${ehr}`, own.origin],
    ['', own.origin],
    [undefined, own.origin],
  ])('of Host %s is %s', (host, origin) => {
    expect(siteOf(ask('GET', '/', host), own)).toBe(origin);
    expect(siteOf(ask('GET', '/', host), { origin: own.origin })).toBe(own.origin);
  });

  it('heeds no other header', () => {
    const headers = { host: ehr, 'x-forwarded-host': samples, forwarded: `host=${samples}` };
    expect(siteOf({ method: 'GET', url: '/', headers }, own)).toBe(own.origin);
  });

  it('takes the host as browsers send it, without the port that goes without saying', () => {
    const far = { origin: 'https://ehr.example', samplesOrigin: 'https://samples.example' };
    expect(siteOf(ask('GET', '/', 'samples.example'), far)).toBe(far.samplesOrigin);
  });
});

describe('the site of the bundled apps', () => {
  it.each([
    ['GET', '/samples'],
    ['GET', '/samples/'],
    ['GET', '/samples/bilirubin-chart/launch?iss=x&launch=y'],
    ['GET', '/samples/bilirubin-chart/?code=a&state=..%2f..'],
    ['HEAD', '/samples/clinic-day/'],
    ['GET', '/samples/clinic-day.svg'],
    ['GET', '/samples/cds-services'],
    ['OPTIONS', '/samples/cds-services'],
    ['POST', '/samples/cds-services/newborn-bilirubin'],
    ['POST', '/samples/cds-services/newborn-bilirubin/feedback'],
    ['GET', '/_next/static/chunks/0~a1_b-c.d.js'],
    ['GET', '/_next/static/chunks/%5Broot-of-the-server%5D__1._.js?v=1'],
    ['GET', '/_next/static/media/font.woff2'],
  ])('answers %s %s', (method, url) => expect(refusalOfSite(ask(method, url, samples), own)).toBeUndefined());

  it.each([
    ['GET', '/'],
    ['GET', '/demo/patients'],
    ['GET', '/demo/fhir/metadata'],
    ['GET', '/demo/fhir/Patient/BILIBABY'],
    ['OPTIONS', '/demo/fhir/Patient'],
    ['POST', '/demo/oauth/token'],
    ['GET', '/demo/oauth/authorize?client_id=x'],
    ['GET', '/demo/.well-known/openid-configuration'],
    ['GET', '/api/auth/session'],
    ['GET', '/sign-in'],
    ['GET', '/health'],
    ['GET', '/user-access-brands.json'],
    ['GET', '/_services/smart/Launch'],
    ['GET', '/_next/image?url=x'],
    ['GET', '/_next/data/x.json'],
    ['POST', '/_next/static/x.js'],
    // Pages would be asked to act by a POST, for any page of the server.
    ['POST', '/samples/bilirubin-chart/'],
    ['PUT', '/samples/cds-console'],
    // Other spellings of addresses elsewhere.
    ['GET', '/samples/../demo/patients'],
    ['GET', '/samples/%2e%2e/demo/patients'],
    ['GET', '/samples/..%2fdemo/patients'],
    ['GET', '/samples/..\\demo/patients'],
    ['GET', '/samples//demo'],
    ['GET', '//demo/patients'],
    ['GET', '/samples/./../demo'],
    ['POST', '/samples/cds-services/../../demo/oauth/token'],
    ['POST', '/samples/cds-services/%2e%2e/bilirubin-chart'],
    ['GET', '/_next/static/../../demo/patients'],
    ['GET', '/_next/static/%2e%2e/%2e%2e/demo/patients'],
    ['GET', '/_next/static/..%2f..%2fdemo'],
    ['GET', '/_next/static//x.js'],
    ['GET', '/samplesque'],
    ['GET', '/%73amples/x'],
  ])('has nothing for %s %s', (method, url) => {
    expect(refusalOfSite(ask(method, url, samples), own)).toMatchObject({ status: 404 });
  });
});

describe('the site of the EHR', () => {
  it.each([
    ['GET', '/'],
    ['POST', '/demo/oauth/token'],
    ['GET', '/_next/static/x.js'],
    ['GET', '/samplesque'],
  ])('answers %s %s as ever', (method, url) => {
    for (const host of [ehr, 'evil.example', undefined])
      expect(refusalOfSite(ask(method, url, host), own)).toBeUndefined();
  });

  it('leads to the bundled apps where they are', () => {
    const url = '/samples/bilirubin-chart/launch?iss=x&launch=y';
    expect(refusalOfSite(ask('GET', url, ehr), own)).toMatchObject({
      status: 307,
      headers: { Location: own.samplesOrigin + url, 'Cache-Control': 'no-store' },
    });
  });

  it.each([
    ['POST', '/samples/cds-services/newborn-bilirubin'],
    ['OPTIONS', '/samples/cds-services'],
    ['POST', '/samples/bilirubin-chart/'],
    ['GET', '/samples/../demo/patients'],
    ['GET', '/samples/@evil.example'],
  ])('has nothing for %s %s', (method, url) => {
    expect(refusalOfSite(ask(method, url, ehr), own)).toMatchObject({ status: 404 });
  });
});

it('is one site while the bundled apps have no origin of their own', () => {
  for (const url of ['/samples/bilirubin-chart/', '/demo/patients'])
    for (const host of [ehr, samples])
      expect(refusalOfSite(ask('GET', url, host), { origin: own.origin })).toBeUndefined();
});
