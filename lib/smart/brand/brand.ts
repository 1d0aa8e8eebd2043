import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { issueOfAddress } from '../app-address.ts';
import { logo } from '../client/field-rules.ts';
import { oneVisibleLine, visibleParagraphs } from '../visible-text.ts';

/**
 * The kinds of organizations whose records a brand gives access to.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/ValueSet-user-access-category.html
 */
export const brandCategories = {
  prov: 'Healthcare Provider',
  ins: 'Insurance Company',
  laboratory: 'Laboratory',
  imaging: 'Imaging Center',
  pharmacy: 'Pharmacy',
  'health-information-network': 'Health Information Network',
  'health-data-aggregator': 'Health Data Aggregator',
} as const;
type BrandCategory = keyof typeof brandCategories;

/** The states of the sandbox's FHIR Endpoint: they tell apps whether its server may be used. */
const endpointStates = ['active', 'test', 'suspended', 'off'] as const;

const identifierSystem = /^(?:https?:\/\/|urn:)[^\s]+$/i;
const hexColor = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0b5f7c');

function text(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength, `must not be longer than ${maxLength} characters`)
    .superRefine(oneVisibleLine());
}

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).max(20, 'must not be more than 20').default([]);
}

const line = text(200);

const Address = z
  .strictObject({
    line: z.array(line).min(1, 'must not be empty').max(4, 'must not be more than 4 lines').optional(),
    city: line.optional(),
    state: line.optional(),
    postalCode: text(20).optional(),
    country: line.optional(),
  })
  .refine((parts) => Object.values(parts).some((part) => part?.length), 'must not be empty');

const Identifier = z.strictObject({
  system: z
    .string()
    .max(500)
    .regex(identifierSystem, 'must be a URL or a urn:')
    .superRefine(oneVisibleLine())
    .optional(),
  value: text(500),
});

/** The checks of addresses: `web` for a page, `image` for a picture. */
interface AddressRules {
  web: z.ZodType<string, string>;
  image: z.ZodType<string, string>;
}

function portal({ web, image }: AddressRules) {
  return z.strictObject({
    name: line.optional(),
    description: z
      .string()
      .trim()
      .max(1000, 'must not be longer than 1000 characters')
      .superRefine(visibleParagraphs())
      .optional(),
    url: web.optional(),
    logoUri: image.optional(),
    logoLicense: web.optional(),
  });
}

function endpoint({ web }: AddressRules) {
  return z.strictObject({
    name: line.optional(),
    status: z.enum(endpointStates).default('active'),
    developerUrl: web.optional().describe('Where developers register their apps.'),
  });
}

function fieldsOf(rules: AddressRules) {
  const { web, image } = rules;
  const categories = z.enum(Object.keys(brandCategories) as [BrandCategory]);
  return {
    logoUri: image.optional().describe('The https address of a square image, or a path on this server.'),
    logoLicense: web.optional().describe('Where the conditions for using the logo are.'),
    color: hexColor.optional().describe('Main colour; it is darkened where white text on it would be hard to read.'),
    website: web.optional().describe('The main public website, not that of the portal.'),
    aliases: list(line).describe('Other and former names.'),
    categories: z.array(categories).max(7).default(['prov']),
    identifiers: list(Identifier),
    addresses: list(Address),
    portals: list(portal(rules)).describe('Where people see their records.'),
    partOf: z
      .strictObject({ name: line, website: web.optional() })
      .optional()
      .describe('The larger organisation that this one belongs to.'),
    endpoint: endpoint(rules).default({ status: 'active' }),
  };
}

/**
 * The schema of a sandbox's brand, for its file and its Administration page. `own` is this server's, where plain
 * http is allowed.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/brands.html
 */
export function brandSchema(own: OwnOrigins) {
  const web = z.string().superRefine((address, refinement) => {
    const issue = issueOfAddress(address, 'web', own);
    if (issue) refinement.addIssue(issue);
  });
  return z.strictObject(fieldsOf({ web, image: logo(own) }));
}

/**
 * A sandbox's looks and organization, which people and apps see beside its name. Addresses may be paths on this server.
 */
export type Brand = z.infer<ReturnType<typeof brandSchema>>;

// A stored brand passed the rules of its day. Its addresses are only checked to be safe to link to.
const storedAddress = z.string().regex(/^(?:https?:\/\/|\/(?![/\\]))/i);
const stored = fieldsOf({ web: storedAddress, image: storedAddress });

/** Reads a stored brand from JSON of any shape; members that cannot be read count as absent. */
export function readBrand(json: unknown): Brand {
  const given = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const readable = Object.entries(stored).filter(([name, field]) => field.safeParse(given[name]).success);
  return z.object(stored).parse(Object.fromEntries(readable.map(([name]) => [name, given[name]])));
}
