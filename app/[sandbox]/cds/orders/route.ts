import { z } from 'zod';
import { notePatient } from '#lib/audit/note-patient.ts';
import { auditedPage } from '#lib/audit/record-page.ts';
import { answerMember } from '../member-request.ts';
import { DraftOrder, Id } from './draft-order.ts';
import { signOrder } from './sign-order.ts';

const Signed = z.strictObject({ patient: Id, encounter: Id.optional(), draft: DraftOrder });

/** Signs a draft order: it goes into the record of the patient. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerMember(request, (await params).sandbox, Signed, async (member, order) => {
    const asked = { interaction: 'order', method: 'POST' as const, path: 'cds/orders' };
    const written = await auditedPage(member, asked, () => {
      notePatient(member.sandbox.id, order.patient);
      return signOrder(member, order);
    });
    return Response.json({ written });
  });
}
