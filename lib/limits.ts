import { z } from 'zod';

const mebibyte = 1024 * 1024;

const whole = z.coerce.number('must be a whole number').int().min(1).max(1_000_000_000);

/** The settings that limit how much is answered and stored. */
export const LimitSettings = z.object({
  /** How long the resources on one page, or the answer to a batch, may be. */
  MAX_ANSWER_MB: whole.default(32),
  /** How many resources a sandbox may hold, and how much they and their former versions may take. */
  MAX_SANDBOX_RESOURCES: whole.default(20_000_000),
  MAX_SANDBOX_MB: whole.default(100_000),
  /** How many members and invitations, and how many apps, a sandbox may have. */
  MAX_SANDBOX_USERS: whole.default(2000),
  MAX_SANDBOX_CLIENTS: whole.default(2000),
  /** In how many sandboxes somebody may be an administrator and still make another. */
  MAX_SANDBOXES_PER_OWNER: whole.default(100),
});

/** Limits on what is answered and stored. */
export interface Limits {
  /** The bytes of resources on one page, and of the answer to a batch. */
  answerBytes: number;
  sandboxResources: number;
  /** The bytes of a sandbox's resources and of their former versions. */
  sandboxBytes: number;
  sandboxUsers: number;
  sandboxClients: number;
  sandboxesPerOwner: number;
}

/** The limits that settings come to. */
export function limitsOf(settings: z.infer<typeof LimitSettings>): Limits {
  return {
    answerBytes: settings.MAX_ANSWER_MB * mebibyte,
    sandboxResources: settings.MAX_SANDBOX_RESOURCES,
    sandboxBytes: settings.MAX_SANDBOX_MB * mebibyte,
    sandboxUsers: settings.MAX_SANDBOX_USERS,
    sandboxClients: settings.MAX_SANDBOX_CLIENTS,
    sandboxesPerOwner: settings.MAX_SANDBOXES_PER_OWNER,
  };
}
