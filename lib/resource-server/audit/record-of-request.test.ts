import { expect, it } from 'vitest';
import { nothingTouched } from '#lib/data/touched.ts';
import { interactionOf } from '../request/interaction.ts';
import { askerOf } from './asker.ts';
import { interactionCode } from './interaction-code.ts';
import { patientsNamed } from './note-asked.ts';

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
  expect(interactionCode(interactionOf(method, path), { ...nothingTouched(), bundle: 'transaction' })).toBe(code);
});

it.each([
  ['patient=1', ['1']],
  ['patient=Patient/1,2&code=3', ['1', '2']],
  ['subject=Patient/1', ['1']],
  ['subject=Group/1', []],
  ['subject=1', []],
  ['subject:Patient=1', ['1']],
  ['patient=a b', []],
  ['patient.name=x', []],
  ['name=1', []],
])('%s names the patients %j', (query, patients) => {
  expect(patientsNamed(new URLSearchParams(query))).toEqual(patients);
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
  expect(askerOf({ token })).toEqual({ clientId: 'svc' });
});
