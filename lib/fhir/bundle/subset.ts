import { getDataType } from '@medplum/core';
import type { Coding, Resource } from 'fhir/r4';
import { loadDefinitions } from '../definition/definitions.ts';
import { exactText, parseExactly } from '../json/exact-json.ts';
import { withNumberTextsOf } from '../json/number-text.ts';

/** Which part of each resource is wanted; without either, all of it. */
export interface View {
  summary?: 'true' | 'text' | 'data';
  /** Names of elements, such as `name` or `value`; empty for no such choice. */
  elements: string[];
}

const subsetted: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** What is always shown: what the resource is. */
const identity = ['resourceType', 'id', 'meta'];

/** Tells whether a view leaves anything out. */
export function isPartial({ summary, elements }: View): boolean {
  return summary !== undefined || elements.length > 0;
}

/**
 * The part of a resource that `view` asks for, as JSON text, tagged as SUBSETTED so that nobody takes it for the whole:
 * chosen by top-level elements, of which those that every resource of its type must have always stay.
 * @see https://hl7.org/fhir/R4/search.html#summary
 */
export function subsetText(content: string, view: View): string {
  const resource = parseExactly(content) as Resource;
  const wanted = wantedElements(resource.resourceType, view);
  const kept = Object.entries(resource).filter(([name]) => wanted(name));
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] };
  return exactText(withNumberTextsOf(resource, { ...Object.fromEntries(kept), meta }));
}

function wantedElements(resourceType: string, { summary, elements }: View): (name: string) => boolean {
  loadDefinitions();
  const { elements: defined, mandatoryProperties = [], summaryProperties = [] } = getDataType(resourceType);
  if (summary === 'data') return (name) => !isElement(name, 'text', defined);
  const chosen = [...identity, ...mandatoryProperties, ...elements];
  if (summary === 'true') chosen.push(...summaryProperties);
  if (summary === 'text') chosen.push('text');
  return (name) => chosen.some((one) => isElement(name, one, defined));
}

/** `birthDate` is found in `birthDate` and `_birthDate`, `value` in `valueQuantity` when it is a choice of types. */
function isElement(name: string, element: string, defined: Record<string, unknown>): boolean {
  const plain = name.replace(/^_/, '');
  return (
    plain === element ||
    (`${element}[x]` in defined && /^[A-Z]/.test(plain.slice(element.length)) && plain.startsWith(element))
  );
}
