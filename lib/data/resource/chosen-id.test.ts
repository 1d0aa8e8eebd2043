import { expect, it } from 'vitest';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { mayName } from './chosen-id.ts';

const random = '0b6c2b5e-9f1a-4c3d-8e7f-0123456789ab';
const timed = '01890a5d-ac96-774b-bcce-b302099a8057';
const byName = '2ed6657d-e927-568b-95e1-2665a8aea6a2';

const patient = { scopes: resourceScopes('patient/*.cruds'), patient: 'emma' };
const member = { scopes: resourceScopes('user/*.cruds'), userPatients: ['emma'] };
const clinician = { scopes: resourceScopes('user/*.cruds') };
const system = { scopes: resourceScopes('system/*.cruds') };
const both = { ...patient, scopes: resourceScopes('patient/*.rs patient/Observation.u user/Observation.u') };

it.each([
  ['a patient scope', patient, random, true],
  ['a patient scope', patient, timed, true],
  ['a patient scope', patient, byName, false],
  ['a patient scope', patient, 'next-result', false],
  ['a patient scope', patient, random.toUpperCase(), false],
  ['a patient scope', patient, `${random}1`, false],
  ['a member of role patient', member, 'next-result', false],
  ['a member of role patient', member, random, true],
  ['a clinician', clinician, 'next-result', true],
  ['a backend service', system, 'next-result', true],
  ['a clinician whose app has a patient scope too', both, 'next-result', true],
])('%s: %o creates %s by PUT: %s', (_, permission, id, may) => {
  const resource = { resourceType: 'Observation' as const, id };
  expect(mayName({ sandboxId: 1, permission }, { verb: 'u', resource })).toBe(may);
  expect(mayName({ sandboxId: 1, permission }, { verb: 'c', resource })).toBe(true);
});
