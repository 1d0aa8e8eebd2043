import { z } from 'zod';
import { auditedPage } from '#lib/audit/record-page.ts';
import { acceptSuggestions } from '#lib/cds-hooks/settle.ts';
import { answerMember } from '../../../member-request.ts';

const Accepted = z.strictObject({ suggestions: z.array(z.number().int().min(0).max(100)).min(1).max(20) });

/** Does what suggestions of a card propose, all or nothing. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ sandbox: string; card: string }> },
): Promise<Response> {
  const { sandbox, card } = await params;
  return answerMember(request, sandbox, Accepted, async (member, { suggestions }) => {
    const path = `cds/cards/${encodeURIComponent(card)}/accept`;
    const accept = () => acceptSuggestions(member, card, suggestions);
    return Response.json(await auditedPage(member, { interaction: 'cds-suggestion', method: 'POST', path }, accept));
  });
}
