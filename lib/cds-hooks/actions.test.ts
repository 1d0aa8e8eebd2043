import { expect, test } from 'vitest';
import { changesOf } from './actions.ts';
import type { Action } from './card.ts';

const task = (id: string, more: object = {}) => ({
  resourceType: 'Task',
  id,
  status: 'requested',
  intent: 'order',
  ...more,
});
const order = {
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept: { text: 'x' },
  subject: { reference: 'Patient/p' },
};

test('new resources get ids of their own, and the others refer to them by those', async () => {
  const { creates } = await changesOf(
    [
      { type: 'create', resource: task('a') },
      {
        type: 'create',
        resource: task('b', { partOf: [{ reference: 'Task/a' }], focus: { reference: 'Task/other' } }),
      },
    ],
    [],
  );
  const [a, b] = creates;
  expect(a?.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(b).toMatchObject({ partOf: [{ reference: `Task/${a?.id}` }], focus: { reference: 'Task/other' } });
});

test.each<[Action, object]>([
  [{ type: 'update', resource: task('t') }, { updates: [{ id: 't' }] }],
  [{ type: 'delete', resourceId: 'Task/t' }, { deletes: [{ resourceType: 'Task', id: 't' }] }],
  [{ type: 'delete', resourceId: ['Task/t', 'Task/u'] }, { deletes: [{ id: 't' }, { id: 'u' }] }],
  [{ type: 'delete', resource: 'Task/t' }, { deletes: [{ resourceType: 'Task', id: 't' }] }],
  [{ type: 'delete', resource: { resourceType: 'Task', id: 't' } }, { deletes: [{ resourceType: 'Task', id: 't' }] }],
  [
    { type: 'update', resource: order },
    { updates: [], draft: { id: 'draft-1' } },
  ],
  [
    { type: 'delete', resourceId: 'MedicationRequest/draft-1' },
    { deletes: [], draft: null },
  ],
])('%j becomes %j', async (action, changes) => {
  expect(await changesOf([action], ['draft-1'])).toMatchObject(changes);
});

test.each<[Action]>([
  [{ type: 'create', resource: { resourceType: 'Task' } }],
  [{ type: 'create', resource: { resourceType: 'Nonsense' } }],
  [{ type: 'update', resource: task('t', { wrong: true }) }],
  [{ type: 'delete', resourceId: 'https://elsewhere.example/Task/t' }],
  [{ type: 'delete', resourceId: '' }],
])('%j is refused', async (action) => {
  await expect(changesOf([action], [])).rejects.toThrow(expect.objectContaining({ name: 'FhirError' }));
});
