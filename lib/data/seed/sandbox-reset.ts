import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { beginFilling } from './sandbox-fillings.ts';
import { restoreSettings, type SandboxSeed } from './sandbox-seeds.ts';

/**
 * Takes a sandbox back to what it was made from: settings and apps at once, its data afterwards. Everything that apps
 * were given ends; members, signing keys and apps that were registered since then stay.
 */
export function resetSandbox(
  sandboxId: number,
  seed: SandboxSeed,
  { total, now }: { total: number; now: Date },
): Promise<void> {
  return inTransaction(async () => {
    await restoreSettings(sandboxId, seed);
    // What lets an app manage its own registration belongs to the registration, which stays.
    const ended = { sandboxId, model: { not: 'RegistrationAccessToken' } };
    await database().oidcPayload.deleteMany({ where: ended });
    // What was imported is taken out with the rest, and may be brought in again.
    await database().importedPart.deleteMany({ where: { sandboxId } });
    await database().cdsCard.deleteMany({ where: { sandboxId } });
    await database().grantContext.deleteMany({ where: { sandboxId } });
    await database().launchContext.deleteMany({ where: { sandboxId } });
    await database().consent.deleteMany({ where: { sandboxId } });
    await beginFilling(sandboxId, { empties: true, total, now });
  });
}
