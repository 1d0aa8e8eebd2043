import type { Caller } from './bearer.ts';

/** The HTTP methods of FHIR; a HEAD is answered as the GET of the same address. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How an operation is called at one level: on the server, on a resource type, or on a resource. */
interface Level<Target> {
  methods: readonly Method[];
  /** @throws FhirError for expected trouble. */
  answer(request: Request, caller: Caller, target: Target): Promise<Response>;
}

/**
 * A FHIR operation: everything that routing, the CapabilityStatement, transactions and the audit log have to know of it.
 * @see https://hl7.org/fhir/R4/operations.html
 */
export interface Operation {
  /** Without the dollar sign that stands before it in URLs. */
  name: string;
  /** Canonical URL of its OperationDefinition. */
  definition: string;
  /** The types of resources that it is about; left out, every type but AuditEvent. */
  resourceTypes?: readonly string[];
  levels: {
    system?: Level<object>;
    type?: Level<{ resourceType: string }>;
    instance?: Level<{ resourceType: string; id: string }>;
  };
  /** Whether a GET of it may be an entry of a transaction, and so shows what the other entries wrote. */
  inTransactions: boolean;
}
