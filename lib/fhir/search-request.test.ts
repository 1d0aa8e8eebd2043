import { describe, expect, it } from 'vitest';
import { parseSearch } from './search-request.ts';

function parse(queryString: string, resourceType = 'Observation') {
  return parseSearch(resourceType, [...new URLSearchParams(queryString)]);
}

describe('parseSearch', () => {
  it.each([
    ['', { count: 100, total: 'estimate' }],
    ['_count=7', { count: 7 }],
    ['_count=1000000', { count: 1000 }],
    ['_count=0', { count: 0 }],
    ['_summary=count&_count=5', { count: 0 }],
    ['_count=5&_summary=count', { count: 0 }],
    ['_total=accurate', { total: 'accurate' }],
    ['_cursor=abc', { cursor: 'abc' }],
    ['_format=json&_summary=false', { clauses: [], ignored: [] }],
    ['code=a&code=b', { clauses: [{ kind: 'token' }, { kind: 'token' }] }],
    ['_sort=-date,code', { sort: [{ descending: true }, { descending: false }] }],
    ['_include=Observation:subject:Patient', { inclusions: [{ reverse: false, targets: ['Patient'] }] }],
    [
      '_revinclude=Provenance:target',
      { inclusions: [{ reverse: true, source: 'Provenance', targets: ['Observation'] }] },
    ],
  ])('reads %j', (queryString, expected) => {
    expect(parse(queryString)).toMatchObject(expected);
  });

  it.each([
    'flavour=x',
    '_elements=id',
    '_text=x',
    '_summary=true',
    '_sort=value-quantity',
    '_sort=',
    '_include=Patient:link',
    '_include=Observation:code',
    '_include=*',
    '_include=Observation:subject:Practitioner:x',
    '_revinclude=Observation:encounter',
    '_revinclude=Nothing:x',
    'code.text=x',
    'subject.flavour=x',
    'code-value-quantity=x$1',
    '__proto__=x',
    'constructor=x',
    '=x',
    '.=x',
  ])('says that it ignores %j', (queryString) => {
    const { ignored, applied, clauses } = parse(queryString);
    expect({ ignored: ignored.length, applied, clauses }).toEqual({ ignored: 1, applied: [], clauses: [] });
  });

  it('measures a chain by all it asks', () => {
    expect(() => parse(`subject.name=${'a,'.repeat(999)}a`)).toThrow(/1000 values/);
    expect(parse(`code=${'a,'.repeat(999)}a`).clauses).toHaveLength(1);
    expect(() => parse(`code=${'a,'.repeat(1000)}a`)).toThrow(/1000 values/);
  });

  it('keeps a chain to the types that know its parameter', () => {
    const [clause] = parse('subject.birthdate=2020').clauses;
    expect(clause).toMatchObject({ kind: 'chain', targets: [{ resourceType: 'Patient' }] });
  });
});
