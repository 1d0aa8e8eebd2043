import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { beginFilling } from './sandbox-fillings.ts';
import { restoreSettings, type SandboxSeed } from './sandbox-seeds.ts';

/**
 * Resets a sandbox to its seed: settings and apps at once, data by a filling afterwards. All access of apps ends.
 * Members, signing keys, and apps that were registered later stay.
 */
export function resetSandbox(
  sandboxId: number,
  seed: SandboxSeed,
  { total, now }: { total: number; now: Date },
): Promise<void> {
  return inTransaction(async () => {
    await restoreSettings(sandboxId, seed);
    // A RegistrationAccessToken belongs to the registration of an app, which stays.
    const ended = { sandboxId, model: { not: 'RegistrationAccessToken' } };
    await database().oidcPayload.deleteMany({ where: ended });
    // Imported data are removed with the rest, so they may be imported again.
    await database().importedPart.deleteMany({ where: { sandboxId } });
    const running = { sandboxId, state: { in: ['running', 'paused'] } };
    await database().importJob.updateMany({ where: running, data: { state: 'cancelled' } });
    await database().cdsCard.deleteMany({ where: { sandboxId } });
    await database().grantContext.deleteMany({ where: { sandboxId } });
    await database().launchContext.deleteMany({ where: { sandboxId } });
    await database().consent.deleteMany({ where: { sandboxId } });
    await beginFilling(sandboxId, { empties: true, total, now });
  });
}
