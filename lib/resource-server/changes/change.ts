import type { FhirResource } from 'fhir/r4';
import type { Criteria } from '#lib/data/resource/matching-resources.ts';
import type { JsonPatch } from '#lib/fhir/bundle/json-patch.ts';

/** Search criteria of a conditional interaction, and a name that is the same for the same criteria. */
export interface Condition extends Criteria {
  name: string;
}

interface Named {
  resourceType: string;
  /** The id that the URL names; with a condition that of the body, when it has one. */
  id?: string;
  condition?: Condition;
  ifMatch?: string;
}

/** What one request, or one entry of a Bundle, wants to be changed. The resource is valid, and whose id it has is said by `id`. */
export type Change =
  | ({ kind: 'create'; resource: FhirResource } & Named)
  | ({ kind: 'update'; resource: FhirResource } & Named)
  | ({ kind: 'patch'; patch: JsonPatch } & Named)
  | ({ kind: 'delete' } & Named);

/** What became of a change. */
export interface Changed {
  kind: Change['kind'];
  resourceType: string;
  /** Undefined when nothing met the condition of a deletion. */
  id?: string;
  /** How it is stored now; undefined for what is deleted. */
  stored?: { versionId: number; lastUpdated: Date; content: string; created: boolean };
  /** Whether the content may be shown: who may write a resource by patches need not be allowed to read it. */
  readable: boolean;
}
