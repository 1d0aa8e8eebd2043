import { recordPage } from '#lib/audit/record-page.ts';
import { refuseAsJson } from '#lib/session/json-refusal.ts';
import type { Admission, RefusedRequest } from '#lib/session/member-request.ts';
import { noBody } from '#lib/session/request-body.ts';

const adminsOnly = 'Only administrators of this sandbox may do this.';

const sentences = {
  'cross-site': 'The request came from another site.',
  'signed-out': 'You are signed out. Sign in, and choose the same files again.',
  'unknown-sandbox': adminsOnly,
  'not-a-member': adminsOnly,
  'wrong-role': adminsOnly,
  deleted: 'This sandbox was deleted.',
};

/** Admits requests of the upload page by administrators; a body that `read` does not know is refused as `malformed`. */
export function uploadRequest<Body>(read: Admission<Body>['read'], malformed: string): Admission<Body> {
  return { from: 'our-pages', roles: ['admin'], read, refuse: recordedRefusal('import', malformed) };
}

/** Admits administrators to a download, from whatever page they follow its address. */
export const downloadRequest: Admission<null> = {
  from: 'anywhere',
  roles: ['admin'],
  read: noBody,
  refuse: recordedRefusal('export', 'The request asks for no download.'),
};

/** Refuses in JSON, and records members who are not administrators in the audit log. */
function recordedRefusal(interaction: 'import' | 'export', malformed: string): (refused: RefusedRequest) => Response {
  const refuse = refuseAsJson({ ...sentences, malformed });
  const method = interaction === 'import' ? 'POST' : 'GET';
  return (refused) => {
    const { reason, member } = refused;
    if (reason === 'wrong-role' && member) recordPage(member, { interaction, method, path: 'admin/import' }, 403);
    return refuse(refused);
  };
}
