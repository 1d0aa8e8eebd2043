import { expect, it } from 'vitest';
import { nothingTouched } from '#lib/data/touched.ts';
import { readInteraction } from '../routing/read-interaction.ts';
import { interactionCode } from './interaction-code.ts';
import { requestorOf } from './requestor.ts';

const now = new Date('2026-01-02T03:04:05.678Z');

it.each([
  ['GET', 'Patient/1', 'read'],
  ['GET', 'Patient/1/_history/2', 'vread'],
  ['GET', 'Patient', 'search-type'],
  ['POST', 'Patient/_search', 'search-type'],
  ['GET', 'Patient/1/Observation', 'search-type'],
  ['GET', '', 'search-system'],
  ['GET', 'Patient/1/$everything', 'operation'],
  ['PUT', 'Patient', 'update'],
  ['PATCH', 'Patient', 'patch'],
  ['DELETE', 'Patient', 'delete'],
  ['POST', '', 'transaction'],
])('%s %s is called %s', (method, path, code) => {
  expect(interactionCode(readInteraction(method, path), { ...nothingTouched(), bundle: 'transaction' })).toBe(code);
});

it('knows backend services, which act for nobody', () => {
  const token = {
    clientId: 'svc',
    scope: '',
    audience: '',
    expiresAt: now,
    clientEnabled: true,
    clientAddresses: { redirectUris: [], origins: [] },
  };
  expect(requestorOf({ token })).toEqual({ clientId: 'svc' });
});
