import type { SearchParameter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { supportedParameters } from '#lib/fhir/definition/search-parameter.ts';
import { controls } from '#lib/fhir/search/control.ts';
import { resourcesIn } from './package-file.ts';

/** The parameters of R4 that are not supported, each with the reason; all others must be. */
const exceptions: Record<string, string> = {
  'Resource _content': 'a search in whole texts, for which there is no index',
  'DomainResource _text': 'a search in narratives, for which there is no index',
  'Resource _query': 'names a search that the server defines, and this one defines none',
};

describe.each(['search-parameters.json', 'search-parameters-uscore.json'])('%s', (file) => {
  const all = resourcesIn<SearchParameter>(`fhir/r4/${file}`).flatMap(({ code, base }) =>
    base.map((type) => ({ type, code })),
  );

  it('defines parameters', () => {
    expect(all.length).toBeGreaterThan(5);
  });

  it('supports every parameter for each of its types, except those listed with a reason', () => {
    const missing = all.flatMap(({ type, code }) => {
      const types = ['Resource', 'DomainResource'].includes(type) ? ['Patient', 'MolecularSequence'] : [type];
      const there = types.every((one) => supportedParameters(one).has(code) || controls.has(code));
      return there ? [] : [`${type} ${code}`];
    });
    expect(missing.filter((name) => !(name in exceptions))).toEqual([]);
    if (file === 'search-parameters.json') expect(missing.sort()).toEqual(Object.keys(exceptions).sort());
  });
});

it('every type has parameters, each with an expression of its own', () => {
  for (const type of resourceTypes()) {
    for (const { code, expressions } of supportedParameters(type).values()) {
      expect(expressions.length, `${type} ${code}`).toBeGreaterThan(0);
    }
  }
});
