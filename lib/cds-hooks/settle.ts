import type { Resource } from 'fhir/r4';
import { findShownCard, type ShownCard, settleCard } from '#lib/data/cds/cards.ts';
import { compartment } from '#lib/data/database/compartment.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { deleteResources, writeResources } from '#lib/data/resource/write.ts';
import { noteRequest, noteTouched } from '#lib/data/touched.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { type Changes, changesOf } from './actions.ts';
import { Card } from './card.ts';
import { chartWriter } from './chart-writer.ts';
import { sendFeedback } from './feedback.ts';
import { forStaff } from './hooks.ts';

/**
 * Accepts suggestions of a card, given by index: makes all their changes or none, in the record of the card's patient
 * and with the member's rights, and sends feedback to the service.
 * @returns references to the resources written, and the draft order as the service wants it
 * @throws FhirError if a change cannot be made; 409 if the card was settled already; 404 if it was not shown to this
 * member
 */
export async function acceptSuggestions(
  member: Member,
  cardId: string,
  indexes: readonly number[],
): Promise<{ written: string[]; draft?: Resource | null }> {
  const { shown, card } = await cardOf(member, cardId);
  noteForAudit(shown, { suggestions: indexes.join() });
  const chosen = indexes.flatMap((index) => card.suggestions[index] ?? []);
  if (chosen.length === 0 || (chosen.length > 1 && card.selectionBehavior !== 'any')) throw noSuchSuggestion();
  const changes = await changesOf(
    chosen.flatMap(({ actions }) => actions),
    shown.drafts,
  );
  const written = await inTransaction(async () => {
    await settle(shown, 'accepted');
    return write(member, shown, changes);
  });
  sendFeedback(member.sandbox, shown, card.uuid, { outcome: 'accepted', suggestions: chosen.map(({ uuid }) => uuid) });
  return { written, draft: changes.draft };
}

/** Records the patient, the service and what was chosen for the audit log, even if the changes then fail. */
function noteForAudit({ sandboxId, patientId, service }: ShownCard, chosen: Record<string, string>): void {
  noteTouched([{ resourceType: 'Patient', id: patientId, patients: [compartment(sandboxId, patientId)] }]);
  noteRequest({ form: `${new URLSearchParams({ service: service.serviceId, ...chosen })}` });
}

/**
 * Dismisses a card, optionally with one of its reasons, given by index, and sends feedback to the service.
 * @throws FhirError 409 if the card was settled already, 404 if it was not shown to this member
 */
export async function overrideCard(
  member: Member,
  cardId: string,
  { reason, comment }: { reason?: number | undefined; comment?: string | undefined },
): Promise<void> {
  const { shown, card } = await cardOf(member, cardId);
  noteForAudit(shown, reason === undefined ? {} : { reason: String(reason) });
  await inTransaction(() => settle(shown, 'overridden'));
  const coding = reason === undefined ? undefined : card.overrideReasons[reason];
  sendFeedback(member.sandbox, shown, card.uuid, { outcome: 'overridden', reason: coding, comment });
}

/**
 * A card that was shown to this member.
 * @throws FhirError 404 if there is none, 403 for patients, who are shown none
 */
export async function cardOf({ sandbox, user, role }: Member, id: string): Promise<{ shown: ShownCard; card: Card }> {
  if (role === 'patient') throw new FhirError(403, 'forbidden', forStaff);
  const shown = await findShownCard(sandbox.id, user.id, id);
  if (!shown) throw noSuchCard();
  return { shown, card: Card.parse(shown.card) };
}

function noSuchCard(): FhirError {
  return new FhirError(404, 'not-found', 'This card is not known any more. Load the chart again.');
}

function noSuchSuggestion(): FhirError {
  return new FhirError(400, 'invalid', 'The card has no such suggestions, or allows only one of them.');
}

async function settle(shown: ShownCard, outcome: 'accepted' | 'overridden'): Promise<void> {
  if (await settleCard(shown, outcome)) return;
  throw new FhirError(409, 'conflict', 'This card was answered already. Load the chart again.');
}

async function write(
  member: Member,
  { patientId }: ShownCard,
  { creates, updates, deletes }: Changes,
): Promise<string[]> {
  const writer = chartWriter(member, patientId);
  const wanted = [
    ...creates.map((resource) => ({ resource, verb: 'c' as const })),
    ...updates.map((resource) => ({ resource, verb: 'u' as const })),
  ];
  const written = await writeResources(writer, wanted);
  const missing = written.find(({ created }, index) => created && wanted[index]?.verb === 'u');
  if (missing) throw new FhirError(404, 'not-found', `There is no ${missing.resourceType}/${missing.id} to change.`);
  await deleteResources(writer, deletes);
  return [...written, ...deletes].map(({ resourceType, id }) => `${resourceType}/${id}`);
}
