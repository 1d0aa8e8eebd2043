import type { LaunchParameters } from '#lib/smart/launch-context.ts';
import { database } from './database.ts';

/** The context of one authorization, which its tokens carry for as long as the grant lives. */
export interface GrantContext {
  grantId: string;
  sandboxId: number;
  clientId: string;
  userId: string;
  launchId?: string;
  /** The launch parameters as they appear in the token response. */
  context: LaunchParameters;
}

export async function recordGrantContext({ context, launchId, ...grant }: GrantContext): Promise<void> {
  await database().grantContext.create({
    data: { ...grant, context: context as object, launchId: launchId ?? null },
  });
}

/** The launch parameters of a grant; empty when it has none. */
export async function findGrantContext(sandboxId: number, grantId: string): Promise<LaunchParameters> {
  const row = await database().grantContext.findFirst({ where: { grantId, sandboxId }, select: { context: true } });
  return (row?.context ?? {}) as LaunchParameters;
}
