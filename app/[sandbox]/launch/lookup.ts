import { refuseAsJson } from '#lib/session/json-refusal.ts';
import type { Admission } from '#lib/session/member-request.ts';
import { noBody } from '#lib/session/request-body.ts';

/** Admits lookups of a member's launch dialog. Its script reads the status only, so refusals are a single word. */
export const lookup: Admission<null> = {
  from: 'anywhere',
  read: noBody,
  refuse: refuseAsJson({
    'cross-site': 'cross-site',
    'signed-out': 'signed-out',
    'unknown-sandbox': 'unknown-sandbox',
    'not-a-member': 'not-a-member',
    'wrong-role': 'wrong-role',
    malformed: 'malformed',
    deleted: 'deleted',
  }),
};
