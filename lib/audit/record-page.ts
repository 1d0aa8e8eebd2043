import { auditWritten } from '#lib/data/audit/queue.ts';
import { nothingTouched, touchedOf, touching } from '#lib/data/touched.ts';
import { isFhirError } from '#lib/fhir/fhir-error.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { patientRow } from './note-patient.ts';
import { type AuditedRequest, recordRequest } from './record-request.ts';

/** A member of a sandbox who uses the EHR's own pages. */
export interface Viewer {
  sandbox: { id: number };
  user: { username: string };
  fhirUser?: string | undefined;
}

/** A request to a page; `path` is below the sandbox and percent-encoded. */
export interface PageRequest extends Pick<AuditedRequest, 'interaction' | 'path' | 'action' | 'all'> {
  /** GET by default. */
  method?: 'GET' | 'POST';
  query?: Readonly<Record<string, string | undefined>> | undefined;
  /** The client that gets the data, if it is not the page itself. */
  clientId?: string;
}

/** Records what a member did at a page, and the outcome as an HTTP status. */
export function recordPage(viewer: Viewer, request: PageRequest, status: number, touched = nothingTouched()): void {
  const { sandbox, user, fhirUser } = viewer;
  const { clientId, query = {}, method = 'GET', ...what } = request;
  const requestor = withoutUndefined({ username: user.username, fhirUser, clientId });
  const sent = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  recordRequest(sandbox.id, requestor, { ...what, method, query: `${new URLSearchParams(sent)}`, status, touched });
}

/**
 * Records what a member has done at a page. Resolves when that is written, so that a process that is killed after the
 * answer loses none.
 */
export function pageRecorded(viewer: Viewer, request: PageRequest): Promise<void> {
  recordPage(viewer, request, 200);
  return auditWritten();
}

/**
 * Runs `work` of a page for a member, and records it with all resources that it reads and writes. Nobody waits for the
 * record. An error is recorded with its status and thrown again.
 * @param statusOf the HTTP status that stands for a result.
 */
export async function auditedPage<Done>(
  viewer: Viewer,
  request: PageRequest,
  work: () => Promise<Done>,
  statusOf: (done: Done) => number = () => 200,
): Promise<Done> {
  const touched = nothingTouched();
  try {
    const done = await touching(touched, work);
    recordPage(viewer, request, statusOf(done), touched);
    return done;
  } catch (thrown) {
    recordPage(viewer, request, isFhirError(thrown) ? thrown.status : 500, touched);
    throw thrown;
  }
}

/** Records that a member opened a chart of these patients, or tried to. */
export function recordChart(
  viewer: Viewer,
  { path, query, patients }: Pick<PageRequest, 'path' | 'query'> & { patients: string[] },
  shown: boolean,
): void {
  const rows = patients.filter(isId).map((patient) => patientRow(viewer.sandbox.id, patient));
  recordPage(viewer, { interaction: 'chart', path, query }, shown ? 200 : 404, touchedOf(rows));
}
