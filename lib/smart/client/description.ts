import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { issueOfAddress } from '../app-address.ts';
import { oneVisibleLine } from '../visible-text.ts';

const line = z
  .string()
  .min(1, 'must not be empty')
  .max(200, 'must not be longer than 200 characters')
  .superRefine(oneVisibleLine());

/** The members of client metadata that are addresses of pages about the app. */
export const describedPages = ['client_uri', 'policy_uri', 'tos_uri'] as const;

/**
 * The schema of client metadata that this server only keeps for people to read, under the names of RFC 7591. `origin`
 * is this server's, where plain http is allowed.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export function clientDescription(own: OwnOrigins) {
  const page = z.string().superRefine((text, context) => {
    const issue = text.startsWith('/') ? 'must be an absolute address' : issueOfAddress(text, 'web', own);
    if (issue) context.addIssue(issue);
  });
  const pages = Object.fromEntries(describedPages.map((name) => [name, page.optional()])) as Record<
    (typeof describedPages)[number],
    z.ZodOptional<z.ZodString>
  >;
  return z.object({
    ...pages,
    contacts: z.array(line).max(10, 'must not be more than 10').optional(),
    software_id: line.optional(),
    software_version: line.optional(),
    /** The way in which the client chose to send its secret. */
    token_endpoint_auth_method: z.enum(['client_secret_basic', 'client_secret_post']).optional(),
  });
}

export type ClientDescription = z.infer<ReturnType<typeof clientDescription>>;
