import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { launchNeeds, launchNeedsChoices } from './choices.ts';
import type { FieldEntry } from './field-entry.ts';
import { address, appOrigin, distinct, LaunchDefaults } from './field-rules.ts';

/** The fields about launches: addresses, the context that must be chosen first, and default parameters. */
export const launchFields = {
  launchUri: {
    kind: 'address',
    rule: (own: OwnOrigins) => address('redirect', own).optional(),
    label: 'Launch URI',
    subject: 'The launch URI',
    hint: 'Opened with iss and launch added. Leave it empty for an app that is never opened from the EHR.',
    dynamic: { member: 'launch_uri', copied: true },
  },
  redirectUris: {
    kind: 'lines',
    rule: (own: OwnOrigins) => distinct(address('redirect', own)),
    label: 'Redirect URIs',
    subject: 'The redirect URIs',
    hint: 'One a line, compared character by character: https, http on localhost, or a native app’s own scheme',
    rows: 3,
    dynamic: { member: 'redirect_uris' },
  },
  origins: {
    kind: 'lines',
    rule: (own: OwnOrigins) =>
      distinct(appOrigin(own)).describe(
        'Origins beside those of the redirect URIs whose pages may call the token endpoint and the FHIR server.',
      ),
    label: 'Other origins',
    subject: 'The list of origins',
    hint: 'One a line, such as https://app.example.org: pages from there may call this server too (CORS). The origins of the redirect URIs always may.',
    rows: 2,
    dynamic: 'kept',
  },
  needs: {
    kind: 'choice',
    rule: () => z.enum(launchNeeds, `must be one of ${launchNeeds.join(', ')}`).default('patient'),
    label: 'What the app needs to open',
    choices: launchNeedsChoices,
    dynamic: 'kept',
  },
  launchDefaults: {
    kind: 'json',
    rule: () =>
      LaunchDefaults.describe(
        'Launch parameters of every launch that does not say otherwise, such as intent or need_patient_banner.',
      ),
    label: 'What every launch says',
    subject: 'What every launch says',
    hint: 'A JSON object of launch parameters, unless a launch says otherwise: {"intent": "review", "need_patient_banner": false}',
    rows: 3,
    dynamic: 'kept',
  },
} as const satisfies Record<string, FieldEntry>;
