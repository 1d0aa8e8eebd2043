import { z } from 'zod';
import { auditedPage } from '#lib/audit/record-page.ts';
import { acceptSuggestions } from '#lib/cds-hooks/settle.ts';
import { type MemberRequest, memberRoute } from '#lib/session/member-request.ts';
import { chartRequest } from '../../../chart-request.ts';
import type { CardParams } from '../card-params.ts';

const Accepted = z.strictObject({ suggestions: z.array(z.number().int().min(0).max(100)).min(1).max(20) });

/** Carries out suggestions of a card, all or none. */
export const POST = memberRoute(chartRequest(Accepted), accept);

async function accept({ member, body, params }: MemberRequest<z.infer<typeof Accepted>, CardParams>) {
  const { card } = params;
  const path = `cds/cards/${encodeURIComponent(card)}/accept`;
  const done = await auditedPage(member, { interaction: 'cds-suggestion', method: 'POST', path }, () =>
    acceptSuggestions(member, card, body.suggestions),
  );
  return Response.json(done);
}
