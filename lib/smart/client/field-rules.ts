import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { type AddressUse, issueOfAddress } from '../app-address.ts';
import { checkLaunchParameters } from '../launch/context.ts';
import { parseScope, splitScope } from '../scope/scope.ts';
import { oneVisibleLine, visibleParagraphs } from '../visible-text.ts';
import { issueOfOrigin } from './app-origin.ts';

/** The rule of client ids: characters that URLs and Basic credentials can hold without escapes. */
export const ClientId = z
  .string()
  .max(100, 'must not be longer than 100 characters')
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/, 'may hold letters, digits and . _ ~ - and starts with a letter or digit');

export const ClientName = z
  .string()
  .trim()
  .min(1, 'Give the app a name.')
  .max(100, 'must not be longer than 100 characters')
  .superRefine(oneVisibleLine());

export const ClientText = z
  .string()
  .trim()
  .max(1000, 'must not be longer than 1000 characters')
  .superRefine(visibleParagraphs())
  .default('');

/** The rule of registered scopes: each is known to this server and stands once, with one space between them. */
export const RegisteredScope = z
  .string()
  .max(4000, 'must not be longer than 4000 characters')
  .transform((scope) => splitScope(scope.replace(/\s+/g, ' ')).join(' '))
  .superRefine((scope, context) => {
    if (scope === '') context.addIssue('Choose at least one scope.');
    const unknown = splitScope(scope).filter((text) => !isRegistrable(text));
    if (unknown.length > 0) context.addIssue(`These are not scopes that this server knows: ${unknown.join(', ')}`);
  });

/**
 * Tells whether a scope may be registered: a launch id belongs to one authorization request, never to a registration.
 */
function isRegistrable(text: string): boolean {
  return (parseScope(text)?.kind ?? 'launch-id') !== 'launch-id';
}

/** The rule of an app's address for this use. `own` is this server's, where plain http is allowed. */
export function address(use: AddressUse, own: OwnOrigins) {
  return withoutIssue((text) => issueOfAddress(text, use, own));
}

/** The rule of the origin of an app's pages, which must be spelt as browsers do. */
export function appOrigin(own: OwnOrigins) {
  return withoutIssue((text) => issueOfOrigin(text, own));
}

function withoutIssue(issueOf: (text: string) => string | undefined) {
  return z.string().superRefine((text, context) => {
    const issue = issueOf(text);
    if (issue) context.addIssue(issue);
  });
}

/** The rule of a list of addresses: none stands twice, and an absent list is empty. */
export function distinct<Item extends z.ZodType<string>>(item: Item) {
  return z
    .array(item)
    .max(20, 'must not be more than 20')
    .refine((list) => new Set(list).size === list.length, 'must not name an address twice')
    .default([]);
}

/**
 * The rule of the parameters that every launch of an app begins with; a registration may name no patient or encounter.
 */
export const LaunchDefaults = z
  .record(z.string(), z.unknown())
  .superRefine((defaults, context) => {
    const chosen = ['patient', 'encounter'].find((name) => name in defaults);
    const checked = checkLaunchParameters(defaults);
    if (chosen) context.addIssue(`must not name the ${chosen}: that is chosen at each launch`);
    else if ('issue' in checked) context.addIssue(checked.issue);
  })
  .default({});

/** The rule of a picture's address: https, or a path on this server at `origin`. */
export function logo(own: OwnOrigins) {
  return z.string().superRefine((text, context) => {
    const issue = issueOfAddress(text, 'web', own);
    if (issue) context.addIssue(text.startsWith('/') ? 'must be a path such as /logos/app.svg' : issue);
  });
}
