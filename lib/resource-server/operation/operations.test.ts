import { describe, expect, it } from 'vitest';
import { nothingTouched } from '#lib/data/touched.ts';
import { interactionCode } from '../audit/interaction-code.ts';
import { isReading } from '../bundle/reading.ts';
import { systemOperations, typeOperations } from '../discovery/offered-operations.ts';
import { perform } from '../perform.ts';
import type { Caller } from '../request/bearer.ts';
import type { Operation } from '../request/operation.ts';
import { interactionReader } from '../routing/read-interaction.ts';
import { operations } from './operations.ts';

const answer = async (_request: Request, _caller: Caller, target: object) => Response.json(target);

/** A new operation takes no more than this and a line in the list. */
const madeUp: Operation = {
  name: 'made-up',
  definition: 'https://ehr.example/OperationDefinition/made-up',
  resourceTypes: ['Patient', 'Group'],
  levels: {
    system: { methods: ['POST'], answer },
    type: { methods: ['GET', 'POST'], answer },
    instance: { methods: ['GET'], answer },
  },
  inTransactions: true,
};
const elsewhere: Operation = { ...madeUp, levels: { instance: madeUp.levels.instance } };
const list = [...operations, madeUp];
const readInteraction = interactionReader(list);
const caller = { sandbox: { id: 1 } } as Caller;

describe('an operation that is in the list', () => {
  it.each([
    ['POST', '$made-up', {}],
    ['GET', 'Group/$made-up', { resourceType: 'Group' }],
    ['POST', 'Patient/$made-up', { resourceType: 'Patient' }],
    ['HEAD', 'Patient/1/$made-up', { resourceType: 'Patient', id: '1' }],
  ])('is found at %s %s, answered, and called an operation in the audit log', async (method, path, target) => {
    const interaction = readInteraction(method, path);
    expect(interaction).toEqual({ kind: 'operation', operation: madeUp, ...target });
    const answered = await perform(new Request('https://ehr.example/', { method }), caller, interaction);
    expect(await answered.json()).toEqual(target);
    expect(interactionCode(interaction, nothingTouched())).toBe('operation');
  });

  it.each([
    ['GET', '$made-up', ['POST']],
    ['PUT', 'Patient/$made-up', ['GET', 'POST']],
    ['POST', 'Patient/1/$made-up', ['GET']],
    ['POST', 'Observation/$made-up', []],
    ['GET', 'Observation/1/$made-up', []],
  ])('is not at %s %s', (method, path, allow) => {
    expect(readInteraction(method, path)).toEqual({ kind: 'unsupported', allow });
  });

  it('is told in the CapabilityStatement, where it can be called', () => {
    const offered = { name: 'made-up', definition: madeUp.definition };
    expect(systemOperations([elsewhere, madeUp])).toEqual({ operation: [offered] });
    expect(systemOperations([elsewhere])).toEqual({});
    expect(typeOperations(list, 'Group')).toContainEqual(offered);
    expect(typeOperations(list, 'Observation')).not.toContainEqual(offered);
  });

  it('reads in transactions by GET, unless it says otherwise', () => {
    expect(isReading('GET', readInteraction('GET', 'Patient/1/$made-up'))).toBe(true);
    expect(isReading('POST', readInteraction('POST', 'Patient/$made-up'))).toBe(false);
    const other = interactionReader([{ ...madeUp, inTransactions: false }]);
    expect(isReading('GET', other('GET', 'Patient/1/$made-up'))).toBe(false);
  });
});

it('is unknown otherwise', () => {
  expect(interactionReader([])('GET', 'Patient/1/$everything')).toEqual({ kind: 'unsupported', allow: [] });
});
