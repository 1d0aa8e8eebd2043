import { describe, expect, it } from 'vitest';
import { everything } from '../operation/everything.ts';
import { validate } from '../operation/validate.ts';
import { readInteraction } from './read-interaction.ts';

describe('readInteraction', () => {
  it.each([
    ['GET', 'metadata', { kind: 'metadata' }],
    ['HEAD', 'metadata/', { kind: 'metadata' }],
    ['GET', '.well-known/smart-configuration', { kind: 'smart-configuration' }],
    ['GET', 'Patient', { kind: 'search', resourceType: 'Patient', inBody: false }],
    ['GET', 'Patient/', { kind: 'search', resourceType: 'Patient', inBody: false }],
    ['POST', 'Patient/_search', { kind: 'search', resourceType: 'Patient', inBody: true }],
    ['GET', 'Patient/a-1', { kind: 'read', resourceType: 'Patient', id: 'a-1' }],
    ['GET', 'Patient/%61', { kind: 'read', resourceType: 'Patient', id: 'a' }],
    ['POST', 'Patient', { kind: 'create', resourceType: 'Patient' }],
    ['PUT', 'Patient/1', { kind: 'update', resourceType: 'Patient', id: '1' }],
    ['DELETE', 'Patient/1', { kind: 'delete', resourceType: 'Patient', id: '1' }],
    ['GET', '_history', { kind: 'history-system' }],
    ['GET', 'Patient/_history', { kind: 'history-type', resourceType: 'Patient' }],
    ['GET', 'Patient/1/_history', { kind: 'history-instance', resourceType: 'Patient', id: '1' }],
    ['GET', 'Patient/1/_history/2', { kind: 'vread', resourceType: 'Patient', id: '1', versionId: '2' }],
    ['PATCH', 'Patient/1', { kind: 'patch', resourceType: 'Patient', id: '1' }],
    ['PUT', 'Patient', { kind: 'conditional-update', resourceType: 'Patient' }],
    ['PATCH', 'Patient', { kind: 'conditional-patch', resourceType: 'Patient' }],
    ['DELETE', 'Patient', { kind: 'conditional-delete', resourceType: 'Patient' }],
    ['toString', 'Patient/1', { kind: 'unsupported', allow: ['GET', 'PUT', 'PATCH', 'DELETE'] }],
    ['GET', 'Patient/_search', { kind: 'unsupported', allow: ['POST'] }],
    ['GET', '', { kind: 'search-system', inBody: false }],
    ['POST', '_search', { kind: 'search-system', inBody: true }],
    ['POST', 'Patient/$validate', { kind: 'operation', operation: validate, resourceType: 'Patient' }],
    ['GET', 'Patient/1/$validate', { kind: 'operation', operation: validate, resourceType: 'Patient', id: '1' }],
    ['POST', 'Patient/1/$validate', { kind: 'operation', operation: validate, resourceType: 'Patient', id: '1' }],
    ['GET', 'Patient/$validate', { kind: 'unsupported', allow: ['POST'] }],
    ['GET', 'Patient/1/$everything', { kind: 'operation', operation: everything, resourceType: 'Patient', id: '1' }],
    ['POST', '', { kind: 'bundle' }],
    ['PUT', '', { kind: 'unsupported', allow: ['GET', 'POST'] }],
    ['POST', 'Patient/1/$everything', { kind: 'unsupported', allow: ['GET'] }],
    ['POST', '$export', { kind: 'unsupported', allow: [] }],
  ])('%s %s', (method, path, expected) => {
    expect(readInteraction(method, path)).toEqual(expected);
  });

  it.each([
    ['patient', 404],
    ['Patient/1/2', 404],
    ['_services/other', 404],
    ['.well-known/other', 404],
    ['%', 400],
    ['Patient/%C3', 400],
  ])('%s is answered with %i', (path, status) => {
    expect(() => readInteraction('GET', path)).toThrow(expect.objectContaining({ status }));
  });
});
