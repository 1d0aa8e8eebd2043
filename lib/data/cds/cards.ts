import { randomUUID } from 'node:crypto';
import { database } from '../database/database.ts';
import { deleteInSlices } from '../database/delete-in-slices.ts';
import { sql } from '../database/sql.ts';

/** The user, patient and hook that a card was shown for. */
export interface CardSubject {
  sandboxId: number;
  /** Id of the service's registration. */
  serviceKey: string;
  userId: string;
  patientId: string;
  encounterId?: string | undefined;
  hook: string;
  hookInstance: string;
  /** Ids of the orders that were drafts when the card was shown. */
  drafts: string[];
}

/** A card as it was shown, and the service that made it. */
export interface ShownCard extends CardSubject {
  id: string;
  card: unknown;
  outcome: string | null;
  service: { discoveryUrl: string; serviceId: string };
}

/** Stores cards that are about to be shown, and returns their ids in the same order. */
export async function keepCards(subject: CardSubject, cards: object[]): Promise<string[]> {
  const rows = cards.map((card) => ({ ...subject, encounterId: subject.encounterId ?? null, id: randomUUID(), card }));
  if (rows.length > 0) await database().cdsCard.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

/** The card with this id, if it was shown to this user in this sandbox and its service is still switched on. */
export async function findShownCard(sandboxId: number, userId: string, id: string): Promise<ShownCard | undefined> {
  const row = await database().cdsCard.findFirst({
    where: { id, sandboxId, userId, service: { enabled: true } },
    include: { service: { select: { discoveryUrl: true, serviceId: true } } },
  });
  return row ? { ...row, encounterId: row.encounterId ?? undefined } : undefined;
}

/** Records how a card was settled; false when that has already happened, perhaps in another tab. */
export async function settleCard(
  { sandboxId, id }: Pick<ShownCard, 'sandboxId' | 'id'>,
  outcome: 'accepted' | 'overridden',
): Promise<boolean> {
  const data = { outcome, outcomeAt: new Date() };
  return (await database().cdsCard.updateMany({ where: { id, sandboxId, outcome: null }, data })).count > 0;
}

/** Deletes the cards that were shown more than a day before `now`. */
export async function sweepCards(now: Date): Promise<void> {
  const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  await deleteInSlices(sql`cds_card`, sql`created_at < ${dayBefore}::timestamptz`);
}
