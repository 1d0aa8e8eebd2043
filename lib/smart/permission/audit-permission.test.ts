import { describe, expect, it } from 'vitest';
import { resourceScopes } from '../scope/scope.ts';
import { auditRefusal } from './audit-permission.ts';
import { reachOf } from './permission.ts';

describe('auditRefusal', () => {
  it.each([
    ['admin', 'user/AuditEvent.rs', 's', true],
    ['admin', 'user/*.rs', 'r', true],
    ['admin', 'user/*.read', 's', true],
    ['admin', 'user/AuditEvent.r', 's', false],
    ['admin', 'user/AuditEvent.cud', 'r', false],
    ['admin', 'user/AuditEvent.rs?action=R', 'r', false],
    ['admin', 'patient/AuditEvent.rs', 'r', false],
    ['admin', 'patient/*.rs', 's', false],
    ['admin', 'system/*.rs', 's', false],
    ['admin', 'user/Patient.rs', 's', false],
    ['admin', '', 'r', false],
    ['clinician', 'user/*.cruds', 'r', false],
    ['patient', 'user/*.cruds', 'r', false],
    [undefined, 'system/*.cruds', 'r', false],
  ] as const)('%s with %s: %s is permitted: %s', (role, scope, verb, permitted) => {
    expect(auditRefusal(role, { scopes: resourceScopes(scope), patient: 'p' }, verb) === undefined).toBe(permitted);
  });

  it('names the scope that an administrator lacks', () => {
    expect(auditRefusal('admin', { scopes: [] }, 's')?.scope).toBe('user/AuditEvent.s');
  });

  it('refuses whoever is confined to records of patients', () => {
    expect(auditRefusal('admin', { scopes: resourceScopes('user/*.rs'), userPatients: [] }, 'r')).toBeDefined();
  });
});

it.each(['user/*.cruds', 'system/*.cruds', 'patient/AuditEvent.cruds'])('%s reaches no stored AuditEvent', (scope) => {
  const permission = { scopes: resourceScopes(scope), patient: 'p', fhirUser: 'AuditEvent/1' };
  expect((['c', 'r', 'u', 'd', 's'] as const).flatMap((verb) => reachOf(permission, 'AuditEvent', verb))).toEqual([]);
});
