import { randomUUID } from 'node:crypto';
import type { Patient, Practitioner } from 'fhir/r4';
import type { Standing } from '#lib/data/member/members.ts';
import { resourceExists } from '#lib/data/resource/existence.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { type MemberErrors, newResource, type TypedStanding } from '#lib/smart/member/member-form.ts';

/** An error beside the first field of a form that names a resource which the sandbox does not have. */
export async function findMissing(
  { slug }: Sandbox,
  { fhirUser, proxyFor }: TypedStanding,
): Promise<MemberErrors | undefined> {
  if (fhirUser && fhirUser.id !== newResource && !(await resourceExists(slug, `${fhirUser.type}/${fhirUser.id}`))) {
    return { [fhirUser.type.toLowerCase()]: [`This sandbox has no ${fhirUser.type}/${fhirUser.id}.`] };
  }
  for (const id of proxyFor) {
    if (!(await resourceExists(slug, `Patient/${id}`))) return { proxyFor: [`This sandbox has no Patient/${id}.`] };
  }
  return undefined;
}

/**
 * Turns a typed standing into the stored form, and makes a new resource for a person named `name` if it asks for one.
 */
export async function settleStanding(sandbox: Sandbox, typed: TypedStanding, name: string): Promise<Standing> {
  const { role, fhirUser, proxyFor } = typed;
  if (!fhirUser) return { role, fhirUser: null, proxyFor };
  const id = fhirUser.id === newResource ? await makeResource(sandbox.id, fhirUser.type, name) : fhirUser.id;
  return { role, fhirUser: `${fhirUser.type}/${id}`, proxyFor };
}

async function makeResource(
  sandboxId: number,
  resourceType: 'Practitioner' | 'Patient',
  text: string,
): Promise<string> {
  const words = text.split(/\s+/);
  const family = words.at(-1) ?? text;
  const given = words.slice(0, -1);
  const name = [
    withoutUndefined({ use: 'official' as const, text, family, given: given.length > 0 ? given : undefined }),
  ];
  const resource: Practitioner | Patient = { resourceType, id: randomUUID(), active: true, name };
  await putResources(sandboxId, [resource]);
  return resource.id ?? '';
}
