/** A resource by type and logical id; the type is empty when only a URL is known. */
export interface ResourceName {
  resourceType: string;
  id: string;
}

const relative =
  /^(?<resourceType>[A-Z][A-Za-z]{1,63})\/(?<id>[A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/**
 * Reads a literal reference: `Type/id`, optionally with a version (ignored), or the absolute form below `base`.
 * Undefined for references to other servers, to contained resources (`#x`), and for malformed ones.
 * @see https://hl7.org/fhir/R4/references.html#literal
 */
export function parseReference(reference: string, base?: string): ResourceName | undefined {
  const local = base && reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  const { resourceType, id } = relative.exec(local)?.groups ?? {};
  return resourceType && id ? { resourceType, id } : undefined;
}

/** Whether `id` has the form of a logical id. @see https://hl7.org/fhir/R4/datatypes.html#id */
export function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9\-.]{1,64}$/.test(id);
}
