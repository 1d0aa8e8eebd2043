import type { BundleLink } from 'fhir/r4';

/** One version in a history Bundle. `content` is JSON text and is inserted unparsed; it is empty for a deletion. */
interface HistoryVersion {
  resourceType: string;
  id: string;
  versionId: number;
  lastUpdated: Date;
  deleted: boolean;
  content: string;
}

/**
 * A history Bundle as JSON text. How a version was written is not stored, so every write is reported as a PUT: creating
 * a resource and updating an id that did not exist have the same effect.
 * @see https://hl7.org/fhir/R4/bundle.html#history
 */
export function historyText(base: string, link: BundleLink[], versions: HistoryVersion[], total?: number): string {
  const head = JSON.stringify({
    resourceType: 'Bundle',
    type: 'history',
    total,
    link,
  });
  if (versions.length === 0) return head;
  return `${head.slice(0, -1)},"entry":[${versions.map((version) => entryText(base, version)).join(',')}]}`;
}

function entryText(
  base: string,
  { resourceType, id, versionId, lastUpdated, deleted, content }: HistoryVersion,
): string {
  const name = `${resourceType}/${id}`;
  const how = JSON.stringify({
    request: { method: deleted ? 'DELETE' : 'PUT', url: name },
    response: {
      status: deleted ? '204' : versionId === 1 ? '201' : '200',
      etag: `W/"${versionId}"`,
      lastModified: lastUpdated.toISOString(),
    },
  });
  const resource = deleted ? '' : `"resource":${content},`;
  return `{"fullUrl":"${base}/${name}",${resource}${how.slice(1)}`;
}
