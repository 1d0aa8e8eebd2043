import { fhirBaseOf } from '#lib/env.ts';
import { readJsonPatch } from '#lib/fhir/bundle/json-patch.ts';
import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import type { Verb } from '#lib/smart/scope/scope.ts';
import { requireReach, requireType } from '../read/read.ts';
import type { Caller } from '../request/bearer.ts';
import type { Interaction, WritingInteraction } from '../request/interaction.ts';
import { noteNamed } from '../request/note-named.ts';
import { resourceToStore } from '../request/resource-body.ts';
import type { Change, Condition } from './change.ts';
import { readCondition } from './condition.ts';

/** The right that each kind of write needs, and whether search parameters in the URL choose the resource. */
const writing = {
  create: { verb: 'c', byQuery: false },
  update: { verb: 'u', byQuery: false },
  'conditional-update': { verb: 'u', byQuery: true },
  patch: { verb: 'u', byQuery: false },
  'conditional-patch': { verb: 'u', byQuery: true },
  delete: { verb: 'd', byQuery: false },
  'conditional-delete': { verb: 'd', byQuery: true },
} as const satisfies Record<WritingInteraction['kind'], { verb: Verb; byQuery: boolean }>;

/** Tells whether an interaction writes. */
export function isWriting(interaction: Interaction): interaction is WritingInteraction {
  return Object.hasOwn(writing, interaction.kind);
}

/** A write request, or an entry of a Bundle that describes one. */
export interface WriteRequest {
  /** The query string of its URL. */
  query: string;
  ifMatch: string | null;
  ifNoneExist: string | null;
  /**
   * The resource, or the patch. @throws FhirError when it is not JSON, or of another content type.
   * @throws FhirError when it is no JSON, or of another content type.
   */
  body(kind: 'resource' | 'patch'): Promise<unknown>;
}

/**
 * Reads the change that a request asks for, without looking anything up.
 * @throws FhirError 403 that names the scope when the type may not be written or searched, 4xx for content that cannot
 * be stored.
 */
export async function readChange(
  { sandbox, permission }: Pick<Caller, 'sandbox' | 'permission'>,
  interaction: WritingInteraction,
  request: WriteRequest,
): Promise<Change> {
  const { kind, resourceType } = interaction;
  noteNamed(sandbox.id, interaction);
  requireType(resourceType);
  requireReach(permission, resourceType, writing[kind].verb);
  const criteria = criteriaOf(kind, request);
  const condition =
    criteria === null ? undefined : readCondition(permission, fhirBaseOf(sandbox.slug), resourceType, criteria);
  const id = 'id' in interaction ? readId(interaction) : undefined;
  const target = withoutUndefined({ resourceType, id, condition, ifMatch: ifMatchOf(kind, request) });
  if (kind === 'delete' || kind === 'conditional-delete') return { kind: 'delete', ...target };
  if (kind === 'patch' || kind === 'conditional-patch') {
    return { kind: 'patch', ...target, patch: readJsonPatch(await request.body('patch')) };
  }
  return withResource(kind, sandbox.id, target, await request.body('resource'));
}

function criteriaOf(kind: WritingInteraction['kind'], { query, ifNoneExist }: WriteRequest): string | null {
  if (kind === 'create') return ifNoneExist;
  return writing[kind].byQuery ? query : null;
}

type Target = { resourceType: string; id?: string; condition?: Condition; ifMatch?: string };

/**
 * Completes a create or update with its resource. An update without an id in the URL takes that of the body, if any.
 */
async function withResource(
  kind: WritingInteraction['kind'],
  sandboxId: number,
  target: Target,
  body: unknown,
): Promise<Change> {
  const { resourceType, id } = target;
  const resource = await resourceToStore(body, {
    sandboxId,
    resourceType,
    id: id ?? '',
    idMatters: id !== undefined,
  });
  if (kind === 'create') return { kind, ...target, resource };
  const sent = (body as { id?: string }).id;
  return withoutUndefined({ kind: 'update' as const, ...target, id: id ?? sent, resource });
}

function readId({ kind, resourceType, id }: { kind: string; resourceType: string; id: string }): string {
  if (isId(id)) return id;
  if (kind === 'update') throw invalid(`${quote(id)} is no id: expected 1 to 64 letters, digits, "-" and ".".`);
  throw new FhirError(404, 'not-found', `There is no ${resourceType} with the id ${quote(id)}.`);
}

/**
 * The version that If-Match names. @throws FhirError 400 when it names none.
 * @throws FhirError 400 for what names none.
 */
function ifMatchOf(kind: WritingInteraction['kind'], { ifMatch }: WriteRequest): string | undefined {
  if (ifMatch === null || kind === 'create') return undefined;
  const version = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(ifMatch)?.[1];
  if (version === undefined) throw invalid(`If-Match names one version, as W/"1", not ${quote(ifMatch)}.`);
  return version;
}
