import { database } from '../database/database.ts';

/** How the servers of a sandbox behave; lifetimes in seconds, null for the usual ones. */
export interface SandboxSettings {
  name: string;
  launchLifetime: number;
  /** Whether the launch service needs the scope smart/orchestrate_launch. */
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

/** The settings of a sandbox that exists. */
export function findSettings(sandboxId: number): Promise<SandboxSettings> {
  return database().sandbox.findUniqueOrThrow({ where: { id: sandboxId }, select: selected });
}

/** Changes the settings, and lets every process notice. */
export async function saveSettings(sandboxId: number, settings: SandboxSettings): Promise<void> {
  await database().sandbox.update({
    where: { id: sandboxId },
    data: { ...settings, settingsVersion: { increment: 1 } },
  });
}
