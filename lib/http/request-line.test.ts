import { expect, it } from 'vitest';
import { refusalOf } from './request-line.ts';

it.each([
  ['GET', undefined, undefined],
  ['GET', '/demo/patients?q=%ff', undefined],
  ['DELETE', '/d%C3%A9mo', undefined],
  ['GET', '/demo/.well-known/a..b?x=../..', undefined],
  ['POST', '/demo/fhir/../../sign-in', 400],
  ['POST', '/demo/fhir/%2e%2E/x', 400],
  ['POST', '/demo/fhir/.%2e', 400],
  ['GET', '/demo/./x', 400],
  ['GET', '/demo/fhir\\..\\x', 400],
  ['GET', '/%00', 400],
  ['GET', '/%ff', 400],
  ['POST', '/%zz?q=1', 400],
  ['GET', '*', 400],
  ['OPTIONS', '*', 400],
  ['GET', 'http://evil.example/x', 400],
  ['POST', 'HTTPS://ehr.example/', 400],
  ['GET', 'evil.example:443', 400],
  ['GET', '', 400],
  ['TRACE', '*', 405],
  ['TRACE', '/', 405],
  ['PROPFIND', '/%ff', 405],
  ['get', '/', 405],
])('%s %j: %s', (method, url, status) => {
  expect(refusalOf({ method, url })?.status).toBe(status);
});
