import { z } from 'zod';
import { overrideCard } from '#lib/cds-hooks/settle.ts';
import { answerMember } from '../../../member-request.ts';

const Overridden = z.strictObject({
  reason: z.number().int().min(0).max(100).optional(),
  comment: z.string().trim().max(1000).optional(),
});

/** Dismisses a card. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ sandbox: string; card: string }> },
): Promise<Response> {
  const { sandbox, card } = await params;
  return answerMember(request, sandbox, Overridden, async (member, dismissal) => {
    await overrideCard(member, card, dismissal);
    return Response.json({});
  });
}
