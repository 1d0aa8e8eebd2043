import type { BundleEntryResponse, OperationOutcome } from 'fhir/r4';
import { locationOf, outcomeOfChange } from '../changes/answer-write.ts';
import type { Changed } from '../changes/change.ts';
import type { PreferredReturn } from '../request/prefer.ts';

/** Converts the answer to an entry to an entry of the response Bundle, as JSON text. */
export async function entryOfAnswer(answer: Response): Promise<string> {
  const { status, headers } = answer;
  const content = await answer.text();
  const known = {
    location: headers.get('location') ?? headers.get('content-location'),
    etag: headers.get('etag'),
    lastModified: instantOf(headers.get('last-modified')),
  };
  const response = { status: String(status), ...withoutNulls(known) };
  if (!content) return entryText(response);
  return content.startsWith('{"resourceType":"OperationOutcome"')
    ? entryText({ ...response, outcome: JSON.parse(content) })
    : entryText(response, content);
}

/**
 * Converts a change that a transaction made to an entry of the response Bundle, as JSON text. The content is included
 * only when the client prefers it.
 */
export function entryOfChange(base: string, changed: Changed, wanted: PreferredReturn | undefined): string {
  const { stored, readable } = changed;
  const outcome: { outcome?: OperationOutcome } =
    wanted === 'OperationOutcome' ? { outcome: outcomeOfChange(changed) } : {};
  if (!stored) return entryText({ status: '204', ...outcome });
  const response = {
    status: stored.created ? '201' : '200',
    location: locationOf(base, changed),
    etag: `W/"${stored.versionId}"`,
    lastModified: stored.lastUpdated.toISOString(),
    ...outcome,
  };
  return entryText(response, wanted === 'representation' && readable ? stored.content : undefined);
}

function entryText(response: BundleEntryResponse, content?: string): string {
  const text = JSON.stringify({ response });
  return content === undefined ? text : `{"resource":${content},${text.slice(1)}`;
}

function instantOf(lastModified: string | null): string | null {
  return lastModified === null ? null : new Date(lastModified).toISOString();
}

function withoutNulls(members: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}
