import type { Patient, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { permissionOfMember } from '#lib/smart/permission/member-permission.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { findEncounters, findPatientRecord } from './patient-record.ts';
import { findPatients, suggestPatients } from './patients.ts';

const clinician = permissionOfMember({ role: 'clinician' });
const asAnn = permissionOfMember({ role: 'patient', fhirUser: 'Patient/ann' });
const nothing = { name: '', identifier: '', birthdate: '' };

function person(id: string, family: string, given: string, birthDate: string): Patient {
  const identifier = [{ system: 'urn:mrn', value: `MRN-${id}` }];
  return { resourceType: 'Patient', id, name: [{ family, given: [given] }], birthDate, identifier };
}

const subject = { reference: 'Patient/ann' };
const weight = (id: string, effectiveDateTime: string, status: 'final' | 'entered-in-error'): Resource =>
  ({
    resourceType: 'Observation',
    id,
    status,
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject,
    effectiveDateTime,
    valueQuantity: { value: 60, unit: 'kg' },
  }) as Resource;
const encounter = (id: string, day: string): Resource =>
  ({
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'AMB' },
    subject,
    period: { start: day, end: day },
  }) as Resource;

let ours: number;
let theirs: number;

beforeAll(async () => {
  ours = (await database().sandbox.create({ data: { slug: 'ours', name: 'Ours' } })).id;
  theirs = (await database().sandbox.create({ data: { slug: 'theirs', name: 'Theirs' } })).id;
  await putResources(ours, [
    person('ann', 'Chen', 'Ann', '1980-02-01'),
    person('bob', 'Chen-Li', 'Bob', '1980-11-30'),
    person('eve', 'O,Neill', 'Eve', '2001-05-05'),
    encounter('first', '2025-01-01'),
    encounter('second', '2026-01-01'),
    weight('older', '2025-01-01', 'final'),
    weight('newer', '2026-01-01', 'final'),
    weight('mistaken', '2026-02-01', 'entered-in-error'),
  ]);
  await putResources(theirs, [person('zoe', 'Chen', 'Zoe', '1980-02-01')]);
});

const idsOf = (patients: { id?: string | undefined }[]) => patients.map(({ id }) => id);

async function found(query: Partial<typeof nothing>, permission = clinician) {
  const { patients } = await findPatients({ sandboxId: ours, permission }, { ...nothing, ...query }, { count: 10 });
  return idsOf(patients);
}

describe('the patient list', () => {
  test.each([
    [{}, ['ann', 'bob', 'eve']],
    [{ name: 'chen' }, ['ann', 'bob']],
    [{ name: 'Chen, Bob' }, ['bob']],
    [{ name: 'b ch' }, ['bob']],
    [{ name: 'ann bob' }, []],
    [{ identifier: 'MRN-eve' }, ['eve']],
    [{ identifier: 'MRN-' }, []],
    [{ birthdate: '1980' }, ['ann', 'bob']],
    [{ birthdate: '1980-11-30', name: 'chen' }, ['bob']],
    [{ name: '\0 \u0007' }, ['ann', 'bob', 'eve']],
    [{ identifier: 'a|b,c$d\\' }, []],
  ])('%o finds %o', async (query, ids) => {
    expect(await found(query)).toEqual(ids);
  });

  it('shows a patient only themselves', async () => {
    expect(await found({}, asAnn)).toEqual(['ann']);
  });

  it('continues where a page ended, and says how many patients there are', async () => {
    const first = await findPatients({ sandboxId: ours, permission: clinician }, nothing, { count: 2 });
    const second = await findPatients({ sandboxId: ours, permission: clinician }, nothing, {
      count: 2,
      cursor: first.next,
    });
    expect([idsOf(first.patients), idsOf(second.patients)]).toEqual([['ann', 'bob'], ['eve']]);
    expect([first.total, second.next]).toEqual([3, undefined]);
  });

  it('sorts by birth date from the youngest', async () => {
    const { patients } = await findPatients({ sandboxId: ours, permission: clinician }, nothing, {
      count: 9,
      sort: '-birthdate',
    });
    expect(idsOf(patients)).toEqual(['eve', 'bob', 'ann']);
  });

  it('refuses a cursor that it did not issue', async () => {
    await expect(
      findPatients({ sandboxId: ours, permission: clinician }, nothing, { count: 2, cursor: 'x' }),
    ).rejects.toMatchObject({
      status: 400,
    });
  });
});

it('suggests by name or by whole identifier, each patient once', async () => {
  const suggested = async (text: string) =>
    idsOf(await suggestPatients({ sandboxId: ours, permission: clinician }, text));
  expect(await suggested('ch')).toEqual(['ann', 'bob']);
  expect(await suggested('MRN-eve')).toEqual([]);
  await putResources(ours, [person('p7', 'Seven', 'Sam', '1999-09-09')]);
  expect(await suggested('MRN-p7')).toEqual(['p7']);
});

describe('a record', () => {
  it('holds the resources of the patient, newest first, without those entered in error', async () => {
    const record = await findPatientRecord({ sandboxId: ours, permission: clinician }, 'ann');
    expect(record?.patient.id).toBe('ann');
    expect(idsOf(record?.vitals ?? [])).toEqual(['newer', 'older']);
    expect(idsOf(record?.encounters ?? [])).toEqual(['second', 'first']);
    expect(record?.labs).toEqual([]);
  });

  test.each(['zoe', 'nobody', '\0', '../ann', ''])('is not found for %j', async (id) => {
    expect(await findPatientRecord({ sandboxId: ours, permission: clinician }, id)).toBeUndefined();
  });

  it('is closed to another patient', async () => {
    expect(await findPatientRecord({ sandboxId: ours, permission: asAnn }, 'bob')).toBeUndefined();
    const asBob = permissionOfMember({ role: 'patient', fhirUser: 'Patient/bob' });
    expect(await findEncounters({ sandboxId: ours, permission: asBob }, 'ann')).toEqual([]);
  });
});
