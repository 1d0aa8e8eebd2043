import { describe, expect, it } from 'vitest';
import { parseSearch } from './request.ts';

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
    ['_summary=true', { view: { summary: 'true' } }],
    ['_elements=id,Observation.code&_elements=status', { view: { elements: ['id', 'code', 'status'] } }],
    ['_cursor=abc', { cursor: 'abc' }],
    ['_format=json&_summary=false', { clauses: [], ignored: [] }],
    ['code=a&code=b', { clauses: [{ kind: 'token' }, { kind: 'token' }] }],
    ['_sort=-date,code', { sort: [{ descending: true }, { descending: false }] }],
    [
      '_sort=-value-quantity,subject,_profile',
      { sort: [{ kind: 'quantity', descending: true }, { kind: 'reference' }, { kind: 'uri' }], ignored: [] },
    ],
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
    '_text=x',
    '_sort=code-value-quantity',
    '_sort=-flavour',
    '_sort=',
    '_include=Patient:link',
    '_include=Observation:code',
    '_include=*:*:*:*',
    '_include=Patient:*',
    '_include=Observation',
    '_include=Observation:subject:Practitioner:x',
    '_revinclude=Observation:encounter',
    '_revinclude=Nothing:x',
    'code.text=x',
    'subject.flavour=x',
    'chromosome-variant-coordinate=x$1$2',
    '_has:Nothing:subject:code=x',
    '_has:Provenance:nothing:code=x',
    '_has:Patient:link:name=x',
    '_has:Provenance:target:nothing=x',
    '_has:Provenance:target',
    '__proto__=x',
    'constructor=x',
    '=x',
    '.=x',
  ])('says that it ignores %j', (queryString) => {
    const { ignored, applied, clauses } = parse(queryString);
    expect({ ignored: ignored.length, applied, clauses }).toEqual({ ignored: 1, applied: [], clauses: [] });
  });

  it.each([
    '_summary=all',
    '_elements=a.b',
    '_elements=',
    "_elements=id'--",
    '_total=1',
    '_count=-1',
    '_count=1.5',
    '_count=x',
    '_sort:desc=code',
    '_include:x=*',
    '_summary=text&_include=*',
    'date=2024-13',
    'date=yesterday',
    'date=2024-01-01T25:00',
    'date=xx2024',
    'value-quantity=five',
    'value-quantity=1|2|3|4',
    'value-quantity=NaN',
    'code-value-quantity=a',
    'code-value-quantity=a$b',
    'code-value-quantity=a$1$2',
    'code-value-quantity:not=a$1',
    'code:above=x',
    'code:in=x',
    'code:of-type=x|y',
    'date:exact=2024',
    '_profile:contains=x',
    'code=',
    '_has:Observation:focus:_has:Observation:focus:_has:Observation:focus:_has:Observation:focus:code=x',
    '_has:Observation:focus:date=never',
  ])('refuses %j', (queryString) => {
    expect(() => parse(queryString)).toThrow(expect.objectContaining({ name: 'FhirError', status: 400 }));
  });

  it('refuses ten thousand values, and a hundred inclusions', () => {
    const many = `code=${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}`;
    expect(() => parse(many)).toThrow(/1000 values; this one has 10000/);
    expect(() => parse('_include=Observation:subject&'.repeat(100))).toThrow(/50/);
  });

  it('counts every value that a chain compares with', () => {
    expect(() => parse(`subject.name=${'a,'.repeat(999)}a`)).toThrow(/1000 values/);
    expect(parse(`code=${'a,'.repeat(999)}a`).clauses).toHaveLength(1);
    expect(() => parse(`code=${'a,'.repeat(1000)}a`)).toThrow(/1000 values/);
  });

  it('keeps a chain to the types that know its parameter', () => {
    const [clause] = parse('subject.birthdate=2020').clauses;
    expect(clause).toMatchObject({ kind: 'chain', targets: [{ resourceType: 'Patient' }] });
  });
});
