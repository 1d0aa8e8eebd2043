import { describe, expect, it } from 'vitest';
import { isPartial, subsetText, type View } from './subset.ts';

const observation = {
  resourceType: 'Observation',
  id: 'o',
  meta: { versionId: '1', tag: [{ code: 'kept' }] },
  text: { status: 'generated', div: '<div>x</div>' },
  status: 'final',
  code: { text: 'x' },
  valueString: 'v',
  _valueString: { id: 'w' },
  note: [{ text: 'n' }],
};

function keys(view: View): string[] {
  return Object.keys(JSON.parse(subsetText(JSON.stringify(observation), view)) as object).toSorted();
}

const always = ['code', 'id', 'meta', 'resourceType', 'status'];

describe('subsetText', () => {
  it.each<[string, View, string[]]>([
    ['a summary', { summary: 'true', elements: [] }, ['_valueString', 'valueString']],
    ['the text', { summary: 'text', elements: [] }, ['text']],
    ['the data', { summary: 'data', elements: [] }, ['_valueString', 'note', 'valueString']],
    ['chosen elements', { elements: ['note'] }, ['note']],
    ['a choice of types', { elements: ['value'] }, ['_valueString', 'valueString']],
    ['an unknown element', { elements: ['__proto__', 'nothing'] }, []],
    ['a part of a name', { elements: ['no'] }, []],
  ])('keeps %s', (_, view, expected) => {
    expect(keys(view)).toEqual([...always, ...expected].toSorted());
  });

  it('tags what it has cut, and keeps existing tags', () => {
    const { meta } = JSON.parse(subsetText(JSON.stringify(observation), { elements: ['note'] })) as typeof observation;
    expect(meta.tag.map(({ code }) => code)).toEqual(['kept', 'SUBSETTED']);
  });

  it('is not needed for a whole resource', () => {
    expect(isPartial({ elements: [] })).toBe(false);
    expect(isPartial({ elements: ['id'] })).toBe(true);
  });
});
