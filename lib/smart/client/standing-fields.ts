import { z } from 'zod';
import type { FieldEntry } from './field-entry.ts';
import { frameFeatures } from './frame-features.ts';
import { lifetime, lifetimeLimits } from './token-lifetimes.ts';

const FrameFeature: z.ZodType<string> = z.enum(frameFeatures, `must be one of ${frameFeatures.join(', ')}`);

/** The fields that say how a sandbox treats an app. */
export const standingFields = {
  trusted: {
    kind: 'tick',
    rule: () => z.boolean().default(false),
    label: 'Trusted',
    hint: 'Nobody is asked for consent: the app gets the scopes above at once',
    dynamic: 'reset',
  },
  enabled: {
    kind: 'tick',
    rule: () => z.boolean().default(true),
    label: 'Enabled',
    hint: 'Turned off, the app cannot be opened and its tokens stop working at once',
    dynamic: 'kept',
  },
  frameFeatures: {
    kind: 'lines',
    rule: () =>
      z
        .array(FrameFeature)
        .max(frameFeatures.length)
        .refine((list) => new Set(list).size === list.length, 'must not name a feature twice')
        .default([])
        .describe('Features of the browser that the app may be given where the EHR shows it in a frame.'),
    label: 'Allowed in a frame',
    subject: 'The list of what is allowed in a frame',
    hint: `One a line, where the EHR shows the app in a frame: ${frameFeatures.join(', ')}. The browser still asks the user.`,
    rows: 2,
    dynamic: 'reset',
  },
  accessTokenLifetime: {
    kind: 'number',
    rule: () =>
      lifetime(lifetimeLimits.accessToken)
        .optional()
        .describe('In seconds; an hour unless set, five minutes for backend services. SMART recommends no more.'),
    label: 'Access token lifetime, in seconds',
    subject: 'The lifetime of access tokens',
    hint: '60 to 86400. Empty: an hour, for backend services five minutes. SMART recommends no more.',
    half: true,
    dynamic: 'kept',
  },
  refreshTokenLifetime: {
    kind: 'number',
    rule: () =>
      lifetime(lifetimeLimits.refreshToken)
        .optional()
        .describe('In seconds, from the last refresh; 90 days unless set.'),
    label: 'Refresh token lifetime, in seconds',
    subject: 'The lifetime of refresh tokens',
    hint: '300 to 31536000, counted from the last refresh. Empty: 90 days. With online_access it ends with the session.',
    half: true,
    dynamic: 'kept',
  },
} as const satisfies Record<string, FieldEntry>;
