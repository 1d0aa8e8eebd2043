import type { CapabilityStatementRestInteraction, CapabilityStatementRestResourceInteraction } from 'fhir/r4';
import type { Interaction } from '../request/interaction.ts';
import { routesOf } from '../routing/routes.ts';

type Kind = Interaction['kind'];
type OnType = CapabilityStatementRestResourceInteraction['code'];
type OnSystem = CapabilityStatementRestInteraction['code'];

/** Which code of a CapabilityStatement stands for what a URL answers, for each resource type. */
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

/** Which code stands for what a URL of the server as a whole answers. */
const onSystem: [Kind, OnSystem][] = [
  ['bundle', 'transaction'],
  ['bundle', 'batch'],
  ['search-system', 'search-system'],
  ['history-system', 'history-system'],
];

const kinds = new Set(routesOf([]).flatMap(({ methods }) => Object.values(methods)));

/** Whether some URL answers an interaction of this kind. */
export function offered(kind: Kind): boolean {
  return kinds.has(kind);
}

/** What can be done with each resource type. @see https://hl7.org/fhir/R4/valueset-type-restful-interaction.html */
export function offeredOnType(): OnType[] {
  return onType.flatMap(([kind, code]) => (offered(kind) ? [code] : []));
}

/** What can be done with the server as a whole. @see https://hl7.org/fhir/R4/valueset-system-restful-interaction.html */
export function offeredOnSystem(): OnSystem[] {
  return onSystem.flatMap(([kind, code]) => (offered(kind) ? [code] : []));
}
