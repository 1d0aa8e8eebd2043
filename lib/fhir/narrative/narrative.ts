import { refusedAttribute, refusedElement } from './markup.ts';
import { readNarrative } from './parser.ts';

/**
 * What keeps `div` from being the narrative of a resource, with its place: it is one well-formed `<div>` of FHIR's
 * subset of XHTML, with no scripts, no handlers of events, and nothing else that does something. Undefined for a sound
 * one. A browser reads what passes as the same elements, whether as XML or as HTML.
 * @see https://hl7.org/fhir/R4/narrative-definitions.html#Narrative.div
 */
export function narrativeProblem(div: string): string | undefined {
  return readNarrative(div, {
    element: (name, depth) =>
      depth === 1 && name !== 'div' ? `it begins with <${name}> instead of <div>` : refusedElement(name),
    attribute: refusedAttribute,
  });
}
