import type { Operation } from './operation.ts';

/** An interaction that writes. Its resource is named by type and id, chosen by search parameters in the URL, or new. */
export type WritingInteraction =
  | { kind: 'update' | 'patch' | 'delete'; resourceType: string; id: string }
  | { kind: 'create' | 'conditional-update' | 'conditional-patch' | 'conditional-delete'; resourceType: string };

/** An interaction with the FHIR server, and the type, id and version that its URL names. */
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

/** A call of an operation on a resource or a type or, when neither is named, on the server. */
export interface OperationCall {
  kind: 'operation';
  operation: Operation;
  resourceType?: string;
  id?: string;
}
