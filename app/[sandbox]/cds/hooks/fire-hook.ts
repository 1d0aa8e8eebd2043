import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { HookLine } from '#components/cds/hook-lines.ts';
import type { Firing } from '#lib/cds-hooks/firing.ts';
import { forStaff, hookNames } from '#lib/cds-hooks/hooks.ts';
import { type CdsService, findServicesOfHook } from '#lib/data/cds/services.ts';
import { findEncounters } from '#lib/data/chart/patient-record.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { readResource } from '#lib/data/resource/resources.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { log } from '#lib/log/log.ts';
import { refuse } from '#lib/session/json-refusal.ts';
import { readerOf } from '#lib/smart/permission/member-permission.ts';
import { DraftOrder, Id } from '../orders/draft-order.ts';
import { askAudited, recordRefusedHook } from './audited-hook.ts';
import { linkTargets } from './link-targets.ts';
import { shownAdvice } from './shown-advice.ts';

export const HookRequest = z.strictObject({
  hook: z.enum(hookNames),
  patient: Id,
  encounter: Id.optional(),
  draft: DraftOrder.optional(),
});
type HookRequest = z.infer<typeof HookRequest>;

/**
 * Asks all enabled services of a hook at once. The response starts at once, and gets a line for each service's answer.
 */
export async function fireHook(member: Member, asked: HookRequest): Promise<Response> {
  const { sandbox, fhirUser, role } = member;
  if (role === 'patient') {
    recordRefusedHook(member, asked, 403);
    return refuse(403, forStaff);
  }
  if (!fhirUser) return refuse(409, 'No service was asked: your account stands for no Practitioner or Patient.');
  if (!(await isWithinReach(member, asked))) {
    recordRefusedHook(member, asked, 404);
    return refuse(404, 'There is no such patient or encounter.');
  }
  const firing = firingOf(member, asked, fhirUser);
  const services = await findServicesOfHook(sandbox.id, asked.hook);
  return new Response(linesOf(firing, services), {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' },
  });
}

async function isWithinReach(member: Member, { patient, encounter }: HookRequest): Promise<boolean> {
  const reader = readerOf(member);
  if (!(await readResource(reader, 'Patient', patient))) return false;
  if (encounter === undefined) return true;
  const encounters = await findEncounters(reader, patient);
  return encounters.some(({ id }) => id === encounter);
}

function firingOf(member: Member, { hook, patient, encounter, draft }: HookRequest, userId: string): Firing {
  const context = withoutUndefined({ userId, patientId: patient, encounterId: encounter });
  const hookInstance = randomUUID();
  if (!draft || !hook.startsWith('order-')) return { member, hook, hookInstance, context, drafts: [] };
  const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] };
  const selections = hook === 'order-select' ? { selections: [`${draft.resourceType}/${draft.id}`] } : {};
  return { member, hook, hookInstance, context: { ...context, ...selections, draftOrders }, drafts: [draft.id] };
}

function linesOf(firing: Firing, services: CdsService[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isOpen = true;
  return new ReadableStream({
    async start(controller) {
      const write = (line: HookLine) => isOpen && controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      write({ asked: services.map(({ id, title }) => ({ id, title })) });
      await Promise.all(
        services.map(async (service) => {
          const advice = await askAudited(firing, service);
          const targets = await linkTargets(firing.member.sandbox.id, advice);
          write({ service: service.id, ...shownAdvice(advice, targets) });
        }),
      ).catch((error) => log.error('Firing a hook failed.', { error }));
      if (isOpen) controller.close();
      isOpen = false;
    },
    // The chart was left before every service had answered.
    cancel() {
      isOpen = false;
    },
  });
}
