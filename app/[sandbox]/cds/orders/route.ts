import { z } from 'zod';
import { answerMember } from '../member-request.ts';
import { DraftOrder, Id } from './draft-order.ts';
import { signOrder } from './sign-order.ts';

const Signed = z.strictObject({ patient: Id, encounter: Id.optional(), draft: DraftOrder });

/** Signs a draft order: it goes into the record of the patient. */
export async function POST(request: Request, { params }: { params: Promise<{ sandbox: string }> }): Promise<Response> {
  return answerMember(request, (await params).sandbox, Signed, async (member, order) =>
    Response.json({ written: await signOrder(member, order) }),
  );
}
