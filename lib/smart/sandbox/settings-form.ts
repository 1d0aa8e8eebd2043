import { z } from 'zod';
import { lifetimeLimits } from '../client/token-lifetimes.ts';
import { SandboxName } from './name.ts';

/** The lifetimes that a sandbox may give its launch ids, in seconds. */
const launchLimits = { min: 1, max: 3600 };

function seconds({ min, max }: { min: number; max: number }) {
  const message = `Give a whole number of seconds from ${min} to ${max}.`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

/** The rule of a lifetime in which '' stands for the default. */
function secondsOrUsual(limits: { min: number; max: number }) {
  return z.union([z.literal('').transform(() => null), seconds(limits)]);
}

/** The form in which an administrator changes how the servers of a sandbox behave. */
export const SettingsForm = z.object({
  name: SandboxName,
  launchLifetime: seconds(launchLimits),
  orchestrateScope: z
    .literal('on')
    .optional()
    .transform((on) => on === 'on'),
  accessTokenLifetime: secondsOrUsual(lifetimeLimits.accessToken),
  refreshTokenLifetime: secondsOrUsual(lifetimeLimits.refreshToken),
});
