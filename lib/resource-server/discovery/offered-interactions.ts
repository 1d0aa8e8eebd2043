import type { CapabilityStatementRestInteraction, CapabilityStatementRestResourceInteraction } from 'fhir/r4';
import type { Interaction } from '../request/interaction.ts';
import { routesOf } from '../routing/routes.ts';

type Kind = Interaction['kind'];
type OnType = CapabilityStatementRestResourceInteraction['code'];
type OnSystem = CapabilityStatementRestInteraction['code'];

/** The CapabilityStatement's code for each interaction with a resource type. */
const onType: [Kind, OnType][] = [
  ['read', 'read'],
  ['vread', 'vread'],
  ['update', 'update'],
  ['patch', 'patch'],
  ['delete', 'delete'],
  ['history-instance', 'history-instance'],
  ['history-type', 'history-type'],
  ['create', 'create'],
  ['search', 'search-type'],
];

/** The CapabilityStatement's code for each interaction with the whole system. */
const onSystem: [Kind, OnSystem][] = [
  ['bundle', 'transaction'],
  ['bundle', 'batch'],
  ['search-system', 'search-system'],
  ['history-system', 'history-system'],
];

const kinds = new Set(routesOf([]).flatMap(({ methods }) => Object.values(methods)));

/** Tells whether the server offers an interaction of this kind at any URL. */
export function offered(kind: Kind): boolean {
  return kinds.has(kind);
}

/**
 * The codes of the interactions offered for each resource type.
 * @see https://hl7.org/fhir/R4/valueset-type-restful-interaction.html
 */
export function offeredOnType(): OnType[] {
  return onType.flatMap(([kind, code]) => (offered(kind) ? [code] : []));
}

/**
 * The codes of the interactions offered for the whole system.
 * @see https://hl7.org/fhir/R4/valueset-system-restful-interaction.html
 */
export function offeredOnSystem(): OnSystem[] {
  return onSystem.flatMap(([kind, code]) => (offered(kind) ? [code] : []));
}
