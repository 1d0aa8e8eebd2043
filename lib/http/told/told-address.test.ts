import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toldAddress } from './told-address.ts';

describe('toldAddress', () => {
  it.each([
    ['/', '/'],
    ['/demo/patients/emma', '/demo/patients/{id}'],
    ['/demo/patients?name=Chalmers&page=2', '/demo/patients?name=…&page=…'],
    ['/demo/fhir/Patient/Chalmers', '/demo/fhir/Patient/{id}'],
    ['/demo/fhir/Patient/launch/_history/3', '/demo/fhir/Patient/launch/_history/{id}'],
    ['/demo/fhir/Patient/1/$everything?_count=5', '/demo/fhir/Patient/{id}/$everything?_count=5'],
    ['/demo/fhir/Patient/1/Observation?code=x&_sort=-date', '/demo/fhir/Patient/{id}/Observation?code=…&_sort=-date'],
    ['/demo/fhir/Observation/_search', '/demo/fhir/Observation/_search'],
    ['/demo/fhir/metadata', '/demo/fhir/metadata'],
    ['/demo/fhir/_services/smart/Launch/abc', '/demo/fhir/_services/smart/Launch/{id}'],
    [
      '/demo/oauth/authorize?state=s3cret&launch=abc&client_id=my_app&prompt=',
      '/demo/oauth/authorize?state=…&launch=…&client_id=my_app&prompt=',
    ],
    ['/demo/oauth/interaction/Xy12/consent', '/demo/oauth/interaction/{id}/{id}'],
    ['/demo/oauth/authorize?scope=%22%3E<b>&Mary%20Roe=1', '/demo/oauth/authorize?scope=…&…=…'],
    ['/api/auth/callback/credentials?csrfToken=abc', '/api/auth/callback/{id}?csrfToken=…'],
    ['/_next/static/chunks/a1.js?v=2', '/_next/static/chunks/a1.js?v=…'],
    ['/Mary%20Roe', '/{id}'],
  ])('%s is told as %s', (url, told) => expect(toldAddress(url)).toBe(told));

  it('ends somewhere', () => {
    expect(toldAddress(`/demo?${'a=b&'.repeat(500)}`)).toHaveLength('/demo?'.length + 20 * 'a=…&'.length + 1);
    expect(toldAddress(`/_next/${'x'.repeat(5000)}`).length).toBeLessThan(310);
  });

  it('tells every segment that stands in app/', () => {
    const segments = globSync('app/**/{page,route}.{ts,tsx}')
      .filter((path) => !path.startsWith('app/samples/'))
      .flatMap((path) => path.split('/').slice(1, -1))
      .map((segment) => decodeURIComponent(segment))
      .filter((segment) => !/^[[(]/.test(segment));
    expect(segments.length).toBeGreaterThan(50);
    expect(segments.filter((segment) => toldAddress(`/demo/${segment}`).includes('{id}'))).toEqual([]);
  });
});
