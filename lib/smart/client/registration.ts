import { z } from 'zod';
import { type AddressUse, faultOfAddress } from '../app-address.ts';
import { checkLaunchParameters } from '../launch/context.ts';
import { parseScope, splitScope } from '../scope/scope.ts';
import { isOneLine, isStorable, notText } from '../storable-json.ts';
import { faultOfOrigin } from './app-origin.ts';
import { ClientKeys } from './keys.ts';
import { faultsBetween } from './registration-rules.ts';
import { lifetime, lifetimeLimits } from './token-lifetimes.ts';

/** How a client proves who it is at the token endpoint. */
const clientTypes = ['public', 'secret', 'jwks_uri', 'jwks'] as const;
export type ClientType = (typeof clientTypes)[number];

/** What must be chosen before an app can be launched. */
const launchNeeds = ['patient', 'encounter', 'none'] as const;
export type LaunchNeeds = (typeof launchNeeds)[number];

/** The characters and length of a client id; it stands in URLs and in Basic credentials, unescaped. */
export const ClientId = z
  .string()
  .max(100, 'must not be longer than 100 characters')
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/, 'may hold letters, digits and . _ ~ - and starts with a letter or digit');

const Scope = z
  .string()
  .max(4000, 'must not be longer than 4000 characters')
  .transform((scope) => splitScope(scope.replace(/\s+/g, ' ')).join(' '))
  .superRefine((scope, context) => {
    if (scope === '') context.addIssue('Choose at least one scope.');
    const unknown = splitScope(scope).filter((text) => !isRegistrable(text));
    if (unknown.length > 0) context.addIssue(`These are not scopes that this server knows: ${unknown.join(', ')}`);
  });

/** A launch id belongs into one authorization request, never into a registration. */
function isRegistrable(text: string): boolean {
  return (parseScope(text)?.kind ?? 'launch-id') !== 'launch-id';
}

function address(use: AddressUse, origin: string) {
  return withoutFault((text) => faultOfAddress(text, use, origin));
}

function withoutFault(faultOf: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const fault = faultOf(text);
    if (fault) context.addIssue(fault);
  });
}

/** A list in which nothing stands twice. */
function distinct<Item extends z.ZodType<string>>(item: Item) {
  return z
    .array(item)
    .max(20, 'must not be more than 20')
    .refine((list) => new Set(list).size === list.length, 'must not name an address twice')
    .default([]);
}

/** What every launch of an app says unless it says otherwise; whom it is about is never a matter of registration. */
const LaunchDefaults = z
  .record(z.string(), z.unknown())
  .superRefine((defaults, context) => {
    const chosen = ['patient', 'encounter'].find((name) => name in defaults);
    const checked = checkLaunchParameters(defaults);
    if (chosen) context.addIssue(`must not name the ${chosen}: that is chosen at each launch`);
    else if ('problem' in checked) context.addIssue(checked.problem);
  })
  .default({})
  .describe('Launch parameters of every launch that does not say otherwise, such as intent or need_patient_banner.');

/** The address of a picture: https, or a path on this server at `origin`. */
export function logo(origin: string) {
  const path = z.string().regex(/^\/(?![/\\])[^\s\p{Cc}\p{Cs}\\#]*$/u);
  return z.string().superRefine((text, context) => {
    if (text.length <= 2000 && path.safeParse(text).success) return;
    const fault = faultOfAddress(text, 'web', origin);
    if (fault) context.addIssue(text.startsWith('/') ? 'must be a path such as /logos/app.svg' : fault);
  });
}

/**
 * The fields of a registration, each by itself. `origin` is this server's, where plain http is allowed.
 * Whoever adds fields to them finishes with `.superRefine(checkRegistration)`.
 */
export function registrationFields(origin: string) {
  return z.strictObject({
    clientId: ClientId.optional(),
    name: z
      .string()
      .trim()
      .min(1, 'Give the app a name.')
      .max(100, 'must not be longer than 100 characters')
      .refine(isOneLine, 'must be one line of text'),
    description: z
      .string()
      .trim()
      .max(1000, 'must not be longer than 1000 characters')
      .refine(isStorable, notText)
      .default(''),
    logoUri: logo(origin).optional(),
    launchUri: address('redirect', origin).optional(),
    redirectUris: distinct(address('redirect', origin)),
    origins: distinct(withoutFault((text) => faultOfOrigin(text, origin))).describe(
      'Origins beside those of the redirect URIs whose pages may call the token endpoint and the FHIR server.',
    ),
    scope: Scope,
    type: z.enum(clientTypes, `must be one of ${clientTypes.join(', ')}`),
    jwksUri: address('web', origin).optional(),
    jwks: ClientKeys.optional(),
    requirePkce: z.boolean().default(true),
    needs: z.enum(launchNeeds, `must be one of ${launchNeeds.join(', ')}`).default('patient'),
    launchDefaults: LaunchDefaults,
    trusted: z.boolean().default(false),
    enabled: z.boolean().default(true),
    accessTokenLifetime: lifetime(lifetimeLimits.accessToken)
      .optional()
      .describe('In seconds; an hour unless set, five minutes for backend services. SMART recommends no more.'),
    refreshTokenLifetime: lifetime(lifetimeLimits.refreshToken)
      .optional()
      .describe('In seconds, from the last refresh; 90 days unless set.'),
  });
}

type Fields = z.infer<ReturnType<typeof registrationFields>>;

/** The rules between the fields of a registration; fields that failed by themselves may be absent. */
export function checkRegistration(fields: Partial<Fields>, context: z.RefinementCtx): void {
  for (const [field, message] of Object.entries(faultsBetween(fields))) {
    context.addIssue({ code: 'custom', path: [field], message });
  }
}

/**
 * A SMART app's registration, as the form of the Administration pages and the sandbox file give it.
 * Every fault names its field and says what to do.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#register-app-with-ehr
 */
export function clientRegistration(origin: string) {
  return registrationFields(origin).superRefine(checkRegistration, { when: ({ value }) => value instanceof Object });
}

/** A registration that has passed every rule. */
export type ClientRegistration = Fields;
