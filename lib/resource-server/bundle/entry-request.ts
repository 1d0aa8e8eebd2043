import { FhirError, invalid } from '#lib/fhir/fhir-error.ts';
import { exactText } from '#lib/fhir/json/exact-json.ts';
import { mediaType } from '#lib/http/accept.ts';
import { jsonTypes, parseSentJson } from '../request/body.ts';
import { jsonPatchType } from '../request/json-patch-type.ts';
import type { Entry } from './bundle-entry.ts';

/**
 * The request that an entry describes. By default, writes are answered without their content, which the client already
 * has.
 * @throws FhirError 415 for a patch that is not a JSON Patch in a Binary.
 */
export function requestOf({ method, url, headers, interaction, resource }: Entry, prefer: string | null): Request {
  const sent = { prefer: prefer ?? 'return=minimal', ...headers };
  if (resource === undefined || method === 'GET' || method === 'HEAD' || method === 'DELETE') {
    return new Request(url, { method, headers: sent });
  }
  const isPatch = interaction.kind === 'patch' || interaction.kind === 'conditional-patch';
  const body = isPatch ? patchText(resource) : exactText(resource);
  const type = isPatch ? jsonPatchType : (jsonTypes[0] ?? '');
  return new Request(url, { method, body, headers: { ...sent, 'content-type': type } });
}

/** The JSON Patch of an entry, which travels in a Binary. @see https://hl7.org/fhir/R4/http.html#patch */
export function patchOf(resource: unknown): unknown {
  return parseSentJson(patchText(resource), 'The data of the Binary');
}

function patchText(resource: unknown): string {
  const { resourceType, contentType, data } = (resource ?? {}) as Record<string, unknown>;
  if (resourceType !== 'Binary' || mediaType(String(contentType ?? '')) !== jsonPatchType) {
    throw new FhirError(415, 'not-supported', `A patch in an entry is a Binary with the contentType ${jsonPatchType}.`);
  }
  if (typeof data !== 'string') throw invalid('The Binary with the patch has no data.');
  return Buffer.from(data, 'base64').toString('utf8');
}
