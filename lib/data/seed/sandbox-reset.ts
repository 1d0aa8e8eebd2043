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
  return inTransaction(async (transaction) => {
    await restoreSettings(transaction, sandboxId, seed);
    // What lets an app manage its own registration belongs to the registration, which stays.
    const ended = { sandboxId, model: { not: 'RegistrationAccessToken' } };
    await transaction.oidcPayload.deleteMany({ where: ended });
    // What was imported is taken out with the rest, and may be brought in again.
    await transaction.importedPart.deleteMany({ where: { sandboxId } });
    await transaction.cdsCard.deleteMany({ where: { sandboxId } });
    for (const table of [transaction.grantContext, transaction.launchContext, transaction.consent]) {
      await (table as typeof transaction.consent).deleteMany({ where: { sandboxId } });
    }
    await beginFilling(transaction, sandboxId, { empties: true, total, now });
  });
}
