import type { Operation } from './operation.ts';

/** An interaction that writes: the resource is named by its type and id, chosen by search parameters in the URL, or new. */
export type WritingInteraction =
  | { kind: 'update' | 'patch' | 'delete'; resourceType: string; id: string }
  | { kind: 'create' | 'conditional-update' | 'conditional-patch' | 'conditional-delete'; resourceType: string };

/** One way of using the FHIR server, with what the URL names. */
export type Interaction =
  | { kind: 'metadata' }
  | { kind: 'smart-configuration' }
  | { kind: 'history-system' }
  | { kind: 'history-type'; resourceType: string }
  | { kind: 'read' | 'history-instance'; resourceType: string; id: string }
  | { kind: 'vread'; resourceType: string; id: string; versionId: string }
  | WritingInteraction
  | { kind: 'search'; resourceType: string; inBody: boolean }
  | { kind: 'search-system'; inBody: boolean }
  | { kind: 'search-compartment'; id: string; resourceType: string; inBody: boolean }
  | OperationCall
  | { kind: 'bundle' }
  | { kind: 'unsupported'; allow: string[] };

/** An operation, called on the resource, the type or, where neither is named, the server. */
export interface OperationCall {
  kind: 'operation';
  operation: Operation;
  resourceType?: string;
  id?: string;
}
