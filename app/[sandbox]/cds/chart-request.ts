import type { z } from 'zod';
import { isRefusal } from '#lib/fhir/fhir-error.ts';
import { maxBodyLength } from '#lib/http/body/max-body-length.ts';
import { refuse, refuseAsJson } from '#lib/session/json-refusal.ts';
import type { Admission } from '#lib/session/member-request.ts';
import { jsonBody } from '#lib/session/request-body.ts';

const notAMember = 'Your account is not a member of this sandbox.';

const refuseChart = refuseAsJson({
  'cross-site': 'The request came from another site.',
  'signed-out': 'You are signed out. Load the page again to sign in.',
  'unknown-sandbox': notAMember,
  'not-a-member': notAMember,
  'wrong-role': notAMember,
  malformed: 'The request is not one that the chart sends. Load the page again.',
  deleted: 'This sandbox was deleted.',
});

/**
 * Admits requests of a member's chart with JSON that `schema` knows. FhirErrors are answered with their own message.
 */
export function chartRequest<Body>(schema: z.ZodType<Body>): Admission<Body> {
  return {
    from: 'our-pages',
    read: jsonBody(schema, maxBodyLength.chart),
    refuse: refuseChart,
    explain: (thrown) => (isRefusal(thrown) ? refuse(thrown.status, thrown.message) : undefined),
  };
}
