import { database } from '../database/database.ts';

/** The settings of a sandbox's servers; lifetimes are in seconds, null for the default. */
export interface SandboxSettings {
  name: string;
  launchLifetime: number;
  /** Whether the launch service requires the scope smart/orchestrate_launch. */
  orchestrateScope: boolean;
  accessTokenLifetime: number | null;
  refreshTokenLifetime: number | null;
}

const selected = {
  name: true,
  launchLifetime: true,
  orchestrateScope: true,
  accessTokenLifetime: true,
  refreshTokenLifetime: true,
} as const;

/** Reads the settings of a sandbox, which must exist. */
export function findSettings(sandboxId: number): Promise<SandboxSettings> {
  return database().sandbox.findUniqueOrThrow({ where: { id: sandboxId }, select: selected });
}

/** Changes the settings, in a way that every process notices. */
export async function saveSettings(sandboxId: number, settings: SandboxSettings): Promise<void> {
  await database().sandbox.updateMany({
    where: { id: sandboxId },
    data: { ...settings, settingsVersion: { increment: 1 } },
  });
}
