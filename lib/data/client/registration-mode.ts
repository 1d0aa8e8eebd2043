import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { database } from '../database/database.ts';

/** Reads who may register apps in this sandbox by the dynamic registration protocol. */
export async function findRegistrationMode(sandboxId: number): Promise<RegistrationMode> {
  const { registration } = await database().sandbox.findUniqueOrThrow({
    where: { id: sandboxId },
    select: { registration: true },
  });
  return registration;
}

/** Changes who may register apps. Every process notices, and makes its authorization server for the sandbox anew. */
export async function setRegistrationMode(sandboxId: number, registration: RegistrationMode): Promise<void> {
  await database().sandbox.updateMany({
    where: { id: sandboxId, registration: { not: registration } },
    data: { registration, settingsVersion: { increment: 1 } },
  });
}
