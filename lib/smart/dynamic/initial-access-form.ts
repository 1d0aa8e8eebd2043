import { z } from 'zod';
import { oneVisibleLine } from '../visible-text.ts';

/** The lifetimes of an initial access token in days; one of `never` works until it is revoked. */
const lifetimes = ['1', '30', '365', 'never'] as const;

/** The form in which an administrator describes a new initial access token. */
export const InitialAccessForm = z.object({
  label: z
    .string('Say whom or what the token is for.')
    .trim()
    .min(1, 'Say whom or what the token is for.')
    .max(100, 'The label must not be longer than 100 characters.')
    .superRefine(oneVisibleLine('The label')),
  lifetime: z.enum(lifetimes, 'Choose when the token expires.'),
});

/** The time at which a token made at `now` expires; null: never. */
export function expiryOf(lifetime: z.infer<typeof InitialAccessForm>['lifetime'], now: Date): Date | null {
  return lifetime === 'never' ? null : new Date(now.getTime() + Number(lifetime) * 24 * 60 * 60 * 1000);
}
