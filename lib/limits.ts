import { z } from 'zod';

const mebibyte = 1024 * 1024;

const whole = z.coerce.number('must be a whole number').int().min(1).max(1_000_000_000);

/** The settings that limit how much is answered and stored. */
export const LimitSettings = z.object({
  /** How long the resources on one page, or the answer to a batch, may be. */
  MAX_ANSWER_MB: whole.default(32),
});

/** Limits on what is answered and stored. */
export interface Limits {
  /** The bytes of resources on one page, and of the answer to a batch. */
  answerBytes: number;
}

/** The limits that settings come to. */
export function limitsOf(settings: z.infer<typeof LimitSettings>): Limits {
  return { answerBytes: settings.MAX_ANSWER_MB * mebibyte };
}
