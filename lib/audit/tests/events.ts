import { auditWritten } from '#lib/data/audit/queue.ts';
import { database } from '#lib/data/database/database.ts';

/** The events that work leaves behind in the log of a sandbox, the oldest first; patients by their ids. */
export async function eventsOf(sandboxId: number, ...work: (() => Promise<unknown>)[]) {
  await auditWritten();
  await database().auditEvent.deleteMany({ where: { sandboxId } });
  for (const one of work) await one();
  await auditWritten();
  const found = await database().auditEvent.findMany({ where: { sandboxId }, orderBy: [{ recorded: 'asc' }] });
  return found.map(({ patients, ...event }) => ({
    ...event,
    patients: patients.map((name) => name.replace(`${sandboxId}/`, '')).sort(),
    entities: event.entities.toSorted(),
  }));
}
