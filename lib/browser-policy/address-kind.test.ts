import { expect, it } from 'vitest';
import { kindOfAddress } from './address-kind.ts';

it.each([
  ['/', 'page'],
  ['/nowhere', 'page'],
  ['/demo/patients?q=fhir', 'page'],
  ['/demo/admin/apps', 'page'],
  ['/demo/scenarios/visit', 'page'],
  ['/demo/scenarios/visit/launch', 'page'],
  ['/demo/scenarios/visit/frame', 'framing'],
  ['/demo/scenarios/visit/frame/?x=1', 'framing'],
  ['/demo/scenarios/frame', 'page'],
  ['/sign-in?callbackUrl=/', 'asking'],
  ['/sign-in-later', 'page'],
  ['/api/auth/session', 'asking'],
  ['/demo/oauth/authorize?client_id=x', 'asking'],
  ['/demo/oauth/interaction/x/consent', 'asking'],
  ['/demo/oauthentic', 'page'],
  ['/demo/fhir/Patient/1', 'data'],
  ['/demo/fhir', 'data'],
  ['/demo/.well-known/openid-configuration', 'data'],
  ['/_next/static/chunks/a.js', 'data'],
  ['/health', 'data'],
  ['/samples', 'sample'],
  ['/samples/bilirubin-chart/launch?iss=x', 'sample'],
  ['/samples/bilirubin-chart.svg', 'data'],
  ['/samples/cds-services', 'data'],
  ['/samples/cds-services/x/feedback', 'data'],
  ['/samples/cds-services-page', 'sample'],
])('%s is a %s', (address, kind) => {
  expect(kindOfAddress(address)).toBe(kind);
});
