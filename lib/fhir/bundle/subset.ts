import { getDataType } from '@medplum/core';
import type { Coding, Resource } from 'fhir/r4';
import { loadDefinitions } from '../definition/definitions.ts';
import { exactText, parseExactly } from '../json/exact-json.ts';
import { withNumberTextsOf } from '../json/number-text.ts';

/** The part of each resource that the client asked for (`_summary`, `_elements`); all of it when neither is set. */
export interface View {
  summary?: 'true' | 'text' | 'data';
  /** Names of elements, such as `name` or `value`; empty when `_elements` was not used. */
  elements: string[];
}

const subsetted: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** Elements that are always included, because they identify the resource. */
const identity = ['resourceType', 'id', 'meta'];

/** Whether a view leaves anything out. */
export function isPartial({ summary, elements }: View): boolean {
  return summary !== undefined || elements.length > 0;
}

/**
 * The part of a resource that `view` selects, as JSON text, tagged SUBSETTED so that nobody mistakes it for the whole.
 * Selection is by top-level element; elements that are mandatory for the type always stay.
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

/**
 * Whether the member `name` belongs to `element`: `_birthDate` to `birthDate`, `valueQuantity` to the choice `value`.
 */
function isElement(name: string, element: string, defined: Record<string, unknown>): boolean {
  const plain = name.replace(/^_/, '');
  return (
    plain === element ||
    (`${element}[x]` in defined && /^[A-Z]/.test(plain.slice(element.length)) && plain.startsWith(element))
  );
}
