import type { Bundle, Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { resourcesOfBundle } from './bundle-resources.ts';

const patientUuid = '11111111-2222-4333-8444-555555555555';
const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' } } as const;

function transaction(entry: Bundle['entry'] = []): Bundle {
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

describe('resourcesOfBundle', () => {
  it('makes urn:uuid references of a transaction literal, wherever they stand', () => {
    const found = resourcesOfBundle(
      transaction([
        {
          fullUrl: 'urn:uuid:aaaaaaaa-2222-4333-8444-555555555555',
          resource: {
            ...observation,
            subject: { reference: `urn:uuid:${patientUuid}` },
            performer: [{ reference: 'Practitioner?identifier=http://npi|1' }],
          } as Observation,
          request: { method: 'POST', url: 'Observation' },
        },
        {
          fullUrl: `urn:uuid:${patientUuid}`,
          resource: { resourceType: 'Patient', id: 'ann' },
          request: { method: 'POST', url: 'Patient' },
        },
      ]),
    );
    expect(found).toEqual([
      {
        path: '$.entry[0].resource',
        resource: {
          ...observation,
          id: 'aaaaaaaa-2222-4333-8444-555555555555',
          subject: { reference: 'Patient/ann' },
          performer: [{ reference: 'Practitioner?identifier=http://npi|1' }],
        },
      },
      { path: '$.entry[1].resource', resource: { resourceType: 'Patient', id: 'ann' } },
    ]);
  });

  it('takes the id of a PUT entry from its url', () => {
    const [found] = resourcesOfBundle(
      transaction([{ resource: { resourceType: 'Patient' }, request: { method: 'PUT', url: 'Patient/bob' } }]),
    );
    expect(found?.resource.id).toBe('bob');
  });

  it.each([
    [
      'an entry without a resource',
      { request: { method: 'GET' as const, url: 'Patient' } },
      /has no resource.*GET Patient/,
    ],
    [
      'a deletion',
      {
        resource: { resourceType: 'Patient' as const, id: 'a' },
        request: { method: 'DELETE' as const, url: 'Patient/a' },
      },
      /asks for DELETE/,
    ],
    ['a resource that nothing names', { resource: { resourceType: 'Patient' as const } }, /neither an id nor/],
    [
      'a urn that leads nowhere',
      { resource: { ...observation, id: 'o', subject: { reference: `urn:uuid:${patientUuid}` } } },
      /refers to urn:uuid:1111.*no fullUrl/,
    ],
  ])('gives the reason against %s', (_, entry, reason) => {
    expect(resourcesOfBundle(transaction([entry]))[0]?.reason).toMatch(reason);
  });

  it('takes a collection without requests as it is', () => {
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: { resourceType: 'Patient', id: 'a' } }],
    };
    expect(resourcesOfBundle(bundle)).toEqual([
      { path: '$.entry[0].resource', resource: { resourceType: 'Patient', id: 'a' } },
    ]);
  });
});
