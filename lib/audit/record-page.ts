import { compartment } from '#lib/data/resource-rows.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import { recordRequest } from './record-request.ts';

/** A member of a sandbox at the EHR's own pages. */
interface Viewer {
  sandbox: { id: number };
  user: { username: string };
  fhirUser?: string;
}

/** Has it recorded that a member opened a patient's chart; without the record when there was none to be shown. */
export function recordChart({ sandbox, user, fhirUser }: Viewer, patient: string, shown: boolean): void {
  const touched = nothingTouched();
  touched.patients.add(compartment(sandbox.id, patient));
  touched.resources.add(`Patient/${patient}`);
  const asker = { username: user.username, ...(fhirUser ? { fhirUser } : {}) };
  const status = shown ? 200 : 404;
  const path = `patients/${encodeURIComponent(patient)}`;
  recordRequest(sandbox.id, asker, { method: 'GET', path, query: '', interaction: 'chart', status, touched });
}
