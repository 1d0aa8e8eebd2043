import { expect, it } from 'vitest';
import { routeKindOf, sandboxOf } from './route-kind.ts';

it.each([
  ['/', 'page', undefined],
  ['/health', 'health', undefined],
  ['/health/ready?x', 'health', undefined],
  ['/_next/static/a.js', 'file', undefined],
  ['/icon.svg', 'file', undefined],
  ['/samples/smart/bilirubin-chart', 'sample', undefined],
  ['/sign-in', 'sign-in', undefined],
  ['/api/auth/session', 'sign-in', undefined],
  ['/_services/smart/Launch', 'launch-service', undefined],
  ['/demo/fhir/_services/smart/Launch/x', 'launch-service', 'demo'],
  ['/demo/fhir/metadata?_format=json', 'discovery', 'demo'],
  ['/demo/.well-known/openid-configuration', 'discovery', 'demo'],
  ['/demo/fhir/.well-known/smart-configuration', 'discovery', 'demo'],
  ['/demo/fhir/Patient/metadata', 'fhir', 'demo'],
  ['/demo/fhir', 'fhir', 'demo'],
  ['/demo/oauth/token', 'oauth', 'demo'],
  ['/demo/cds/hooks', 'cds', 'demo'],
  ['/demo/launch', 'launch', 'demo'],
  ['/demo/scenarios/1/launch', 'launch', 'demo'],
  ['/demo/admin', 'admin', 'demo'],
  ['/demo/patients/launch', 'page', 'demo'],
] as const)('%s is %s of %s', (url, kind, sandbox) => {
  expect([routeKindOf(url), sandboxOf(url, kind)]).toEqual([kind, sandbox]);
});
