import { z } from 'zod';
import { auditedPage } from '#lib/audit/record-page.ts';
import { overrideCard } from '#lib/cds-hooks/settle.ts';
import { type MemberRequest, memberRoute } from '#lib/session/member-request.ts';
import { chartRequest } from '../../../chart-request.ts';
import type { CardParams } from '../card-params.ts';

const Overridden = z.strictObject({
  reason: z.number().int().min(0).max(100).optional(),
  comment: z.string().trim().max(1000).optional(),
});

/** Dismisses a card. */
export const POST = memberRoute(chartRequest(Overridden), override);

async function override({ member, body, params }: MemberRequest<z.infer<typeof Overridden>, CardParams>) {
  const { card } = params;
  const path = `cds/cards/${encodeURIComponent(card)}/override`;
  await auditedPage(member, { interaction: 'cds-override', method: 'POST', path }, () =>
    overrideCard(member, card, body),
  );
  return Response.json({});
}
