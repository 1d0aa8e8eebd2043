import { expect, it } from 'vitest';
import { validateResource } from './validation.ts';

const active = { status: 'generated', div: '<div><script>alert(1)</script></div>' };

it.each([
  ['the text of a resource', { resourceType: 'Patient', text: active }, 'Patient.text.div'],
  [
    'a contained resource',
    {
      resourceType: 'Patient',
      contained: [{ resourceType: 'Organization', id: 'o', name: 'x', text: active }],
      managingOrganization: { reference: '#o' },
    },
    'Patient.contained[0].text.div',
  ],
  [
    'a nested section',
    {
      resourceType: 'Composition',
      status: 'final',
      type: { text: 'x' },
      date: '2024-01-01',
      title: 'x',
      author: [{ display: 'x' }],
      section: [{ title: 'a', section: [{ title: 'b', text: active }] }],
    },
    'Composition.section[0].section[0].text.div',
  ],
  [
    'a resource in a Bundle',
    { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Patient', text: active } }] },
    'Bundle.entry[0].resource.text.div',
  ],
])('in %s', (_, resource, expression) => {
  const found = validateResource(resource).find((issue) => issue.diagnostics.includes('<script>'));
  expect(found).toMatchObject({ severity: 'error', expression });
});
