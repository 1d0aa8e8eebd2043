import { z } from 'zod';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { memberRoute } from '#lib/session/member-request.ts';
import { chartRequest } from '../chart-request.ts';
import { DraftOrder, Id } from './draft-order.ts';
import { signOrder } from './sign-order.ts';

const Signed = z.strictObject({ patient: Id, encounter: Id.optional(), draft: DraftOrder });

/** Signs a draft order, which writes it into the patient's record. */
export const POST = memberRoute(chartRequest(Signed), async ({ member, body: order }) => {
  const asked = { interaction: 'order', method: 'POST' as const, path: 'cds/orders' };
  const written = await auditedPage(member, asked, () => {
    notePatient(member.sandbox.id, order.patient);
    return signOrder(member, order);
  });
  return Response.json({ written });
});
