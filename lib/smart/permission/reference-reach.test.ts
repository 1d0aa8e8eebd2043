import { expect, it } from 'vitest';
import { referencesToJudge } from './reference-reach.ts';

const placed = (texts: string[]) =>
  texts.map((text) => {
    const [path = '', resourceType = '', id = ''] = text.split(/[ /]/);
    return { path, resourceType, id };
  });

it.each([
  ['own Patient', ['subject Patient/A'], [], []],
  ['another Patient', ['focus Patient/B'], [], ['focus Patient/B']],
  ['shared types', ['performer Practitioner/1', 'performer Organization/1', 'device Device/1'], [], []],
  ['types that may hold data of others', ['partOf Task/1', 'url Binary/1'], [], ['partOf Task/1', 'url Binary/1']],
  ['the context of the launch', ['encounter Encounter/known'], [], []],
  ['what stood there', ['encounter Encounter/1'], ['encounter Encounter/1'], []],
  ['what stood elsewhere', ['hasMember Observation/1'], ['focus Observation/1'], ['hasMember Observation/1']],
  ['another beside it', ['focus Condition/1', 'focus Condition/2'], ['focus Condition/1'], ['focus Condition/2']],
])('%s', (_, after, before, expected) => {
  const judged = referencesToJudge(placed(after), placed(before), {
    patients: ['A'],
    known: new Set(['Encounter/known']),
  });
  expect(judged).toEqual(placed(expected));
});
