import { describe, expect, it } from 'vitest';
import { patched, readJsonPatch } from './json-patch.ts';

const patient = () => ({
  resourceType: 'Patient',
  id: 'a',
  active: true,
  name: [{ family: 'Ode', given: ['A', 'B'] }],
});
const apply = (...operations: object[]) => patched(patient(), readJsonPatch(operations));

describe('a JSON Patch', () => {
  it.each([
    [{ op: 'add', path: '/birthDate', value: '2000-01-01' }, { birthDate: '2000-01-01' }],
    [{ op: 'add', path: '/name/0/given/-', value: 'C' }, { name: [{ family: 'Ode', given: ['A', 'B', 'C'] }] }],
    [{ op: 'add', path: '/name/0/given/2', value: 'C' }, { name: [{ family: 'Ode', given: ['A', 'B', 'C'] }] }],
    [{ op: 'remove', path: '/name/0/given/0' }, { name: [{ family: 'Ode', given: ['B'] }] }],
    [{ op: 'replace', path: '/active', value: false }, { active: false }],
    [{ op: 'copy', from: '/name/0/family', path: '/name/0/text' }, { name: [{ ...patient().name[0], text: 'Ode' }] }],
    [{ op: 'move', from: '/name/0/family', path: '/name/0/text' }, { name: [{ text: 'Ode', given: ['A', 'B'] }] }],
    [{ op: 'test', path: '/name', value: [{ given: ['A', 'B'], family: 'Ode' }] }, {}],
  ])('%j', (operation, change) => {
    expect(apply(operation)).toEqual({ ...patient(), ...change });
  });

  it.each([
    [{ op: 'test', path: '/active', value: false }],
    [{ op: 'test', path: '/missing', value: null }],
    [{ op: 'remove', path: '/missing' }],
    [{ op: 'replace', path: '/missing', value: 1 }],
    [{ op: 'replace', path: '/name/1', value: {} }],
    [{ op: 'add', path: '/name/0/given/9', value: 'C' }],
    [{ op: 'add', path: '/name/0/given/01', value: 'C' }],
    [{ op: 'add', path: '/missing/family', value: 'x' }],
    [{ op: 'add', path: '/name/0/family/x', value: 'x' }],
    [{ op: 'remove', path: '/name/-' }],
    [{ op: 'remove', path: '/name/length' }],
    [{ op: 'replace', path: '/name/length', value: 4_294_967_295 }],
    [{ op: 'move', from: '/name', path: '/name/0/given' }],
    [{ op: 'copy', from: '/missing', path: '/x' }],
    [{ op: 'replace', path: '', value: {} }],
    [{ op: 'remove', path: '' }],
    [{ op: 'add', path: '/__proto__/polluted', value: 1 }],
    [{ op: 'add', path: '/constructor/prototype/polluted', value: 1 }],
    [{ op: 'add', path: '/__proto__', value: { polluted: 1 } }],
    [{ op: 'copy', from: '/__proto__', path: '/x' }],
    [{ op: 'move', from: '/name', path: '/name/__proto__/x' }],
  ])('%j cannot be done: 422 names the operation and its path', (operation) => {
    const first = { op: 'test', path: '/active', value: true };
    let thrown: unknown;
    try {
      apply(first, operation);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ status: 422, issueCode: 'processing' });
    expect(String(thrown)).toContain(`Operation 1 of the patch, ${operation.op} "${operation.path}"`);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    [{}],
    [null],
    [[null]],
    [['add']],
    [[{ path: '/active' }]],
    [[{ op: 'toString', path: '/active' }]],
    [[{ op: 'add', path: '/active' }]],
    [[{ op: 'remove' }]],
    [[{ op: 'move', path: '/active' }]],
    [[{ op: 'remove', path: 7 }]],
    [[{ op: 'remove', path: 'active' }]],
    [[{ op: 'copy', path: '/active', from: 'name' }]],
    [[{ op: 'add', path: '/x', value: JSON.parse('{"__proto__":{"polluted":1}}') }]],
    [Array.from({ length: 1001 }, () => ({ op: 'remove', path: '/active' }))],
  ])('%j is refused with 400', (body) => {
    expect(() => readJsonPatch(body)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('is refused when nested deeper than a resource may be', () => {
    const value = JSON.parse('['.repeat(5000) + ']'.repeat(5000));
    const operations = [{ op: 'add', path: '/x', value }];
    expect(() => readJsonPatch(operations)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('does not reveal the value that a test found', () => {
    expect(() => apply({ op: 'test', path: '/name/0/family', value: 'x' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('Ode') }),
    );
  });

  it('may not grow a resource exponentially by copies', () => {
    const bomb = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }));
    expect(() => apply(...bomb)).toThrow(/carries more than a resource may hold/);
  });

  it('may not compare a large resource a thousand times', () => {
    const document = { resourceType: 'Patient', id: 'a', name: [{ family: 'x'.repeat(100_000) }] };
    const tests = Array.from({ length: 1000 }, () => ({ op: 'test', path: '', value: document }));
    expect(() => patched(document, readJsonPatch(tests))).toThrow(/carries more than a resource may hold/);
    expect(() => patched(document, readJsonPatch(tests.slice(0, 50)))).not.toThrow();
  });

  it('may not come to more values than are parsed', () => {
    const document = { resourceType: 'Patient', id: 'a', x: Array.from({ length: 900_000 }, () => 1) };
    const copies = ['/y', '/z'].map((path) => ({ op: 'copy', from: '/x', path }));
    expect(() => patched(document, readJsonPatch(copies))).toThrow(/^The patched resource has more than/);
  });

  it('may not nest beyond the limit', () => {
    const bomb = Array.from({ length: 1000 }, () => ({ op: 'copy', from: '/name', path: '/name/0/x' }));
    expect(() => apply(...bomb)).toThrow(/nests deeper than 100 levels/);
  });

  it('leaves the document as it is', () => {
    const document = patient();
    patched(document, readJsonPatch([{ op: 'remove', path: '/name/0/given/0' }]));
    expect(document).toEqual(patient());
  });
});
