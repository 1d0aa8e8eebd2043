import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { cdsServiceDefinition } from '#lib/cds-hooks/service-definition.ts';
import { brandSchema } from '#lib/smart/brand/brand.ts';
import { checkRegistration, registrationObject } from '#lib/smart/client/registration.ts';
import { lifetime, lifetimeLimits } from '#lib/smart/client/token-lifetimes.ts';
import { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { oneVisibleLine } from '#lib/smart/visible-text.ts';
import { checkScenarios, Scenario, Scenarios } from './scenario-schema.ts';
import { unique } from './unique.ts';
import { checkUsernames, User } from './user-schema.ts';

const Generate = z.strictObject({
  generate: z.strictObject({
    patients: z.number().int().min(1).max(100_000).describe('How many patients to make.'),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(1)
      .describe('The same seed makes the same people.'),
  }),
});

const Inline = z.strictObject({
  resources: z
    .array(z.looseObject({ resourceType: z.string('must be the type of a FHIR resource') }))
    .min(1)
    .describe('FHIR resources, or Bundles of them.'),
});

const DataSource = z.union([
  z.string().min(1).describe('A FHIR Bundle (.json) or NDJSON (.ndjson) file, or a glob, relative to this file.'),
  Generate.describe('Synthetic patients.'),
  Inline.describe('Resources that stand in this file.'),
]);

export type DataSource = z.infer<typeof DataSource>;

/** How the servers of the sandbox behave; what is not said stays as it is, at first as usual. */
const settings = {
  launchLifetimeSeconds: z
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(300)
    .describe('How long an app has to bring a launch id to the authorization server, in seconds.'),
  orchestrateScopeRequired: z
    .boolean()
    .optional()
    .describe(
      'Whether the launch service needs the scope smart/orchestrate_launch. A new sandbox does, unless this is false.',
    ),
  accessTokenLifetimeSeconds: lifetime(lifetimeLimits.accessToken)
    .optional()
    .describe('How long access tokens of users live where an app is not registered with another time.'),
  refreshTokenLifetimeSeconds: lifetime(lifetimeLimits.refreshToken)
    .optional()
    .describe('How long refresh tokens live where an app is not registered with another time.'),
};

function clientOfFile(own: OwnOrigins) {
  return registrationObject(own)
    .required({ clientId: true })
    .extend({
      clientSecret: z
        .string()
        .min(8, 'must have at least 8 characters')
        .max(200)
        .optional()
        .describe('For clients of type secret.'),
    })
    .superRefine((client, context) => {
      checkRegistration(client, context);
      const problem = faultOfSecret(client.type, client.clientSecret);
      if (problem) context.addIssue({ code: 'custom', path: ['clientSecret'], message: problem });
    });
}

/** The schemas of the items of each list of a sandbox file, by its name. */
export function itemsOfFile(own: OwnOrigins) {
  return {
    users: User,
    clients: clientOfFile(own),
    cdsServices: cdsServiceDefinition(own),
    scenarios: Scenario,
    data: DataSource,
  };
}

/**
 * A sandbox as one JSON document: who works there, which apps are registered, which data it holds.
 * @param own this server's, where apps may have plain http addresses.
 */
export function sandboxFile(own: OwnOrigins) {
  const items = itemsOfFile(own);
  return z
    .strictObject({
      $schema: z.string().optional(),
      slug: z
        .string()
        .refine(
          isSandboxSlug,
          'must be lower case letters, digits and hyphens, and no word that this server uses itself',
        )
        .describe('First path segment of everything the sandbox owns.'),
      name: z.string().trim().min(1).max(100).superRefine(oneVisibleLine()),
      ...settings,
      registration: RegistrationMode.optional().describe(
        'Who may register apps by the dynamic registration protocol: nobody (the default), holders of an initial access token, everybody.',
      ),
      brand: brandSchema(own).optional().describe('What people and apps see of the sandbox beside its name.'),
      users: z.array(items.users).default([]).superRefine(unique('username')),
      clients: z.array(items.clients).default([]).superRefine(unique('clientId')),
      cdsServices: z
        .array(items.cdsServices)
        .default([])
        .describe('CDS services that the EHR asks for advice (CDS Hooks 2.0).'),
      scenarios: Scenarios,
      data: z.array(items.data).default([]),
    })
    .superRefine(checkScenarios)
    .superRefine(checkUsernames);
}

export type SandboxFile = z.infer<ReturnType<typeof sandboxFile>>;

function faultOfSecret(type: string, secret: string | undefined): string | undefined {
  if (type === 'secret') return secret ? undefined : 'a client of type secret needs its secret';
  return secret ? 'is only for clients of type secret' : undefined;
}
