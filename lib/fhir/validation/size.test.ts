import { expect, it } from 'vitest';
import { maxItems, maxValues } from './size.ts';
import { validateResource } from './validation.ts';

const list = (identifier: unknown[]) => ({ resourceType: 'List', status: 'current', mode: 'working', identifier });
const many = (length: number) => Array.from({ length }, (_, index) => ({ value: `v${index}` }));

it('refuses a list that is too long, and says where', () => {
  const [issue] = validateResource(list(many(maxItems + 1)));
  expect(issue).toMatchObject({ expression: 'List.identifier', diagnostics: expect.stringMatching(`${maxItems}`) });
});

it('refuses a list that is too long wherever it stands', () => {
  const name = { given: Array.from({ length: maxItems + 1 }, () => 'a') };
  const patient = { resourceType: 'Patient', contact: [{ name }] };
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient }] };
  expect(validateResource(patient)[0]?.expression).toBe('Patient.contact.name.given');
  expect(validateResource(bundle)[0]?.expression).toBe('Bundle.entry.resource.contact.name.given');
});

it('refuses too many values, however they are spread', () => {
  const name = Array.from({ length: 10 }, () => ({ given: Array.from({ length: maxItems / 2 }, () => 'a') }));
  const [issue] = validateResource({ resourceType: 'Patient', name });
  expect(issue).toMatchObject({ expression: 'Patient', diagnostics: expect.stringMatching(`${maxValues}`) });
});

it('passes what is large and within the limits', () => expect(validateResource(list(many(2000)))).toEqual([]));
