import type { Caller } from './bearer.ts';

/** The HTTP methods of FHIR; HEAD is answered like GET. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How an operation is called at one level: on the server, on a resource type, or on a resource. */
interface Level<Target> {
  methods: readonly Method[];
  /**
   * Answers a call. Nothing has asked yet what the caller may do: it asks itself, with `requireReach`, `readStored` or a
   * search by the caller's permission.
   * @throws FhirError for every refusal.
   */
  answer(request: Request, caller: Caller, target: Target): Promise<Response>;
}

/**
 * A FHIR operation: everything that routing, the CapabilityStatement, transactions and the audit log need to know about
 * it.
 * @see https://hl7.org/fhir/R4/operations.html
 */
export interface Operation {
  /** The name without the dollar sign that precedes it in URLs. */
  name: string;
  /** Canonical URL of its OperationDefinition. */
  definition: string;
  /** The resource types that it applies to; if left out, every type but AuditEvent. */
  resourceTypes?: readonly string[];
  levels: {
    system?: Level<object>;
    type?: Level<{ resourceType: string }>;
    instance?: Level<{ resourceType: string; id: string }>;
  };
  /** Whether a transaction may contain a GET of it, which then sees what the other entries wrote. */
  inTransactions: boolean;
}
