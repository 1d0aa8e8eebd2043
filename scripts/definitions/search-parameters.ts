import type { SearchParameter } from 'fhir/r4';
import type { SearchParameterDefinition, SearchParametersByBase } from '#lib/fhir/definition/definitions.ts';
import { resourcesIn } from './package-file.ts';

/** Replacements in US Core's expressions where they lose a code's system, or name an element that FHIRPath lacks. */
const clearer: [RegExp, string][] = [
  [/\.value\.code$/, '.value.ofType(Coding)'],
  [/\.value\.coding\.code$/, '.value.ofType(CodeableConcept)'],
  [/\.valueDateTime$/, '.value.ofType(dateTime)'],
];

/**
 * The search parameters of R4 and those that US Core adds, such as Patient's `race`, by resource type.
 * @see https://hl7.org/fhir/us/core/STU5.0.1/search-parameters.html
 */
export function searchParametersByBase(): SearchParametersByBase {
  const ofR4 = resourcesIn<SearchParameter>('fhir/r4/search-parameters.json');
  const ofUsCore = resourcesIn<SearchParameter>('fhir/r4/search-parameters-uscore.json').map(clarified);
  const byBase = new Map<string, SearchParameterDefinition[]>();
  for (const parameter of [...ofR4, ...ofUsCore]) {
    const pruned = prune(parameter);
    for (const base of parameter.base) byBase.set(base, [...(byBase.get(base) ?? []), pruned]);
  }
  return byBase;
}

function clarified(parameter: SearchParameter): SearchParameter {
  const expression = clearer.reduce((text, [form, better]) => text.replace(form, better), parameter.expression ?? '');
  return { ...parameter, expression };
}

function prune(definition: SearchParameter): SearchParameterDefinition {
  const { code, url, base, type, expression, target, component } = definition;
  return { code, url, base, type, expression, target, component };
}
