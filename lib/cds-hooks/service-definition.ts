import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { issueOfAddress } from '#lib/smart/app-address.ts';
import { resourceScopes, splitScope } from '#lib/smart/scope/scope.ts';
import { oneVisibleLine, visibleParagraphs } from '#lib/smart/visible-text.ts';
import { hookNames } from './hooks.ts';
import { scopesOfPrefetch } from './prefetch-template.ts';
import { discoveryAddress } from './service-address.ts';

/**
 * Schema for the base URL or discovery endpoint of services, as typed by a user; parsed into the discovery endpoint.
 */
export function cdsAddress(own: OwnOrigins) {
  return z
    .string()
    .trim()
    .min(1, 'Give the address of the CDS services.')
    .superRefine((text, context) => {
      const problem = text === '' ? undefined : (issueOfAddress(text, 'web', own) ?? problemOfQuery(text));
      if (problem) context.addIssue(problem);
    })
    .transform((text) => discoveryAddress(text, own));
}

function problemOfQuery(text: string): string | undefined {
  return text.includes('?') ? 'must not have a query (the part from ?)' : undefined;
}

/** Schema for the scopes a service may be given: patient/ and user/ scopes, or none. */
export const CdsScope = z
  .string()
  .max(4000, 'must not be longer than 4000 characters')
  .transform((scope) => splitScope(scope.replace(/\s+/g, ' ')).join(' '))
  .superRefine((scope, context) => {
    const known = resourceScopes(scope).filter(({ level }) => level !== 'system');
    const others = splitScope(scope).filter((text) => !known.some((one) => one.text === text));
    if (others.length > 0) context.addIssue(`Only patient/ and user/ scopes can be given, not ${others.join(', ')}`);
  });

/** Schema for a CDS service in a sandbox file. It repeats what discovery would say, so that loading fetches nothing. */
export function cdsServiceDefinition(own: OwnOrigins) {
  return z.strictObject({
    url: cdsAddress(own).describe('Base URL of the service, or its discovery endpoint {base}/cds-services.'),
    id: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/, 'must be 1 to 100 letters, digits and . _ ~ -')
      .describe('The last part of the address of the service.'),
    hook: z.enum(hookNames),
    title: z.string().trim().min(1).max(200).superRefine(oneVisibleLine()),
    description: z.string().trim().min(1).max(4000).superRefine(visibleParagraphs()),
    prefetch: z.record(z.string().min(1).max(100), z.string().min(1).max(2000)).default({}),
    scope: CdsScope.optional().describe(
      'Scopes of its tokens and prefetch; by default the patient/ scopes that the templates need.',
    ),
    enabled: z.boolean().default(true),
  });
}

type Definition = z.infer<ReturnType<typeof cdsServiceDefinition>>;

/**
 * Converts a service from a sandbox file to the form stored in the database. Without a scope it reaches what its templates
 * need of the open patient, and no further.
 */
export function serviceOfDefinition({ url, id, scope, ...definition }: Definition) {
  const { prefetch } = definition;
  return {
    ...definition,
    discoveryUrl: url,
    serviceId: id,
    usage: '',
    scope: scope ?? scopesOfPrefetch(prefetch).filter(isAboutPatient).join(' '),
    impliedScope: scope === undefined,
  };
}

function isAboutPatient(scope: string): boolean {
  return scope.startsWith('patient/');
}
