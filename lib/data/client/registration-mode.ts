import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { database } from '../database/database.ts';

/** Who may register apps by the dynamic registration protocol in this sandbox. */
export async function findRegistrationMode(sandboxId: number): Promise<RegistrationMode> {
  const { registration } = await database().sandbox.findUniqueOrThrow({
    where: { id: sandboxId },
    select: { registration: true },
  });
  return registration;
}

/** Changes who may register apps, and lets every process notice: its authorization server is made anew. */
export async function setRegistrationMode(sandboxId: number, registration: RegistrationMode): Promise<void> {
  await database().sandbox.updateMany({
    where: { id: sandboxId, registration: { not: registration } },
    data: { registration, settingsVersion: { increment: 1 } },
  });
}
