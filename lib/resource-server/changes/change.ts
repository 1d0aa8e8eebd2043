import type { FhirResource } from 'fhir/r4';
import type { Criteria } from '#lib/data/resource/matching-resources.ts';
import type { JsonPatch } from '#lib/fhir/bundle/json-patch.ts';

/** The search criteria of a conditional interaction. Equal criteria have equal names. */
export interface Condition extends Criteria {
  name: string;
}

interface Named {
  resourceType: string;
  /** The id in the URL; for a conditional update, the id in the body, if any. */
  id?: string;
  condition?: Condition;
  ifMatch?: string;
}

/**
 * One write that a request or an entry of a Bundle asks for. The resource is valid; its id is still to be set to `id`.
 */
export type Change =
  | ({ kind: 'create'; resource: FhirResource } & Named)
  | ({ kind: 'update'; resource: FhirResource } & Named)
  | ({ kind: 'patch'; patch: JsonPatch } & Named)
  | ({ kind: 'delete' } & Named);

/** The result of a change. */
export interface Changed {
  kind: Change['kind'];
  resourceType: string;
  /** Undefined when nothing met the condition of a deletion. */
  id?: string;
  /** The stored version; undefined for a deletion. */
  stored?: { versionId: number; lastUpdated: Date; content: string; created: boolean };
  /** Whether the content may be shown: a writer who may patch a resource is not necessarily allowed to read it. */
  readable: boolean;
}
