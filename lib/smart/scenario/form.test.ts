import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scenarioForm, scenarioIdOf } from './form.ts';
import type { LaunchScenario } from './launch-scenario.ts';

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ name: 'One', client_id: 'app', embed: 'tab', ...fields })) {
    form.set(name, value);
  }
  return form;
}

type Read = { scenario: LaunchScenario } | { errors: Record<string, string[] | undefined> };

function readScenarioForm(form: FormData): Read {
  const parsed = scenarioForm.safeParse(Object.fromEntries(form));
  return parsed.success ? { scenario: parsed.data } : { errors: z.flattenError(parsed.error).fieldErrors };
}

it.each([
  ['Bilirubin of Baby Kowalczyk!', 'bilirubin-of-baby-kowalczyk'],
  ['  Ärztin – 2 ', 'arztin-2'],
  ['日本', ''],
  ['a'.repeat(80), 'a'.repeat(64)],
  [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
])('%j becomes %j in a link', (name, id) => {
  expect(scenarioIdOf(name)).toBe(id);
});

describe('a form', () => {
  it('with the least in it makes a scenario for everybody', () => {
    expect(readScenarioForm(formOf({ name: 'My scenario' }))).toEqual({
      scenario: {
        id: 'my-scenario',
        name: 'My scenario',
        description: '',
        clientId: 'app',
        parameters: {},
        embed: 'tab',
      },
    });
  });

  it('with everything in it says all of it', () => {
    const fields = { id: 'chosen', description: 'Why', user: 'clinician', patient: 'p', encounter: 'e' };
    const context = { intent: 'review', others: '{"ward":{"name":"3"}}', needPatientBanner: 'false' };
    expect(readScenarioForm(formOf({ ...fields, ...context, embed: 'phone' }))).toEqual({
      scenario: {
        id: 'chosen',
        name: 'One',
        description: 'Why',
        clientId: 'app',
        username: 'clinician',
        embed: 'phone',
        parameters: { intent: 'review', need_patient_banner: false, ward: { name: '3' }, patient: 'p', encounter: 'e' },
      },
    });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ client_id: '' }, 'client_id'],
    [{ client_id: 'a b\n' }, 'client_id'],
    [{ id: 'Not this' }, 'id'],
    [{ id: 'new' }, 'id'],
    [{ name: '日本' }, 'id'],
    [{ patient: '../x' }, 'patient'],
    [{ embed: 'hologram' }, 'embed'],
    [{ fhirContext: '[{]' }, 'fhirContext'],
    [{ others: '{"access_token":1}' }, 'others'],
    [{ description: 'x'.repeat(501) }, 'description'],
  ])('%j has an issue in %s', (fields, field) => {
    const read = readScenarioForm(formOf(fields as unknown as Record<string, string>));
    expect('errors' in read && Object.keys(read.errors)).toEqual([field]);
    expect('errors' in read && read.errors[field]?.[0]).toMatch(/\w/);
  });
});
