import { z } from 'zod';
import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { type Brand, brandSchema } from './brand.ts';

const typed = z.string().optional();
const TypedAddress = z.object({
  /** Several lines of text, such as street and building. */
  line: typed,
  city: typed,
  state: typed,
  postalCode: typed,
  country: typed,
});
const TypedPortal = z.object({ name: typed, description: typed, url: typed, logoUri: typed, logoLicense: typed });

/** The brand form as it is sent: text as it was typed, and ticks. No rule has judged it. */
const TypedBrand = z.object({
  logoUri: typed,
  logoLicense: typed,
  color: typed,
  website: typed,
  /** One on each line. */
  aliases: typed,
  categories: z.array(z.string()).optional(),
  /** One on each line, as `system|value`. */
  identifiers: typed,
  addresses: z.array(TypedAddress).optional(),
  portals: z.array(TypedPortal).optional(),
  partOf: z.object({ name: typed, website: typed }).optional(),
  endpoint: z.object({ name: typed, status: typed, developerUrl: typed }).optional(),
});

export type TypedBrand = z.infer<typeof TypedBrand>;
export type TypedPortal = z.infer<typeof TypedPortal>;
export type TypedAddress = z.infer<typeof TypedAddress>;

/** A schema that turns the typed form into a brand, or into sentences, each beside the field that it is about. */
export function brandForm(own: OwnOrigins) {
  return TypedBrand.transform((brand, context): Brand => {
    const parsed = brandSchema(own).safeParse(toBrand(brand));
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      context.addIssue({ code: 'custom', path: fieldOf(path, brand), message: sentence(path, message) });
    }
    return z.NEVER;
  });
}

function toBrand({ aliases, identifiers, addresses, portals, partOf, endpoint, categories, ...texts }: TypedBrand) {
  return {
    ...trimmed(texts),
    aliases: lines(aliases),
    categories: categories ?? [],
    identifiers: lines(identifiers).map(toIdentifier),
    addresses: filled(addresses).map((address) => ({ ...trimmed(address), line: orNothing(lines(address.line)) })),
    portals: filled(portals).map(trimmed),
    partOf: partOf && !isBlank(partOf) ? trimmed(partOf) : undefined,
    endpoint: trimmed(endpoint ?? {}),
  };
}

/** Reads `system|value`, as FHIR's token search parameters write it; text without a bar is all value. */
function toIdentifier(text: string): { system?: string; value: string } {
  const bar = text.indexOf('|');
  const system = text.slice(0, Math.max(0, bar)).trim();
  return { system: system || undefined, value: text.slice(bar + 1).trim() };
}

type Texts = Record<string, string | undefined>;

function trimmed<Fields extends Texts>(fields: Fields): { [name in keyof Fields]: string | undefined } {
  const entries = Object.entries(fields).map(([name, text]) => [name, text?.trim() || undefined]);
  return Object.fromEntries(entries);
}

function isBlank(fields: Texts): boolean {
  return Object.values(fields).every((text) => !text?.trim());
}

/** The groups of fields that hold something: a group that was added and left blank counts as absent. */
function filled<Fields extends Texts>(list: Fields[] = []): Fields[] {
  return list.filter((fields) => !isBlank(fields));
}

function lines(text = ''): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []);
}

function orNothing(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

/**
 * The form's field for an issue of the brand. They differ because several lines are typed into one field, and because
 * blank groups keep their place in the form.
 */
function fieldOf(path: PropertyKey[], brand: TypedBrand): PropertyKey[] {
  const [name, position, inner] = path;
  if (name === 'aliases' || name === 'identifiers') return [name];
  if (name === 'addresses') return [name, placeOf(brand.addresses, position), inner ?? 'line'];
  return name === 'portals' ? [name, placeOf(brand.portals, position), inner ?? 'name'] : path;
}

/** The place in the form of the group that is at `position` among those that are not blank. */
function placeOf(groups: Texts[] = [], position: PropertyKey = 0): number {
  return Math.max(0, groups.indexOf(filled(groups)[Number(position)] ?? {}));
}

/** Makes a sentence of a rule's message, which only says what holds for a value ("must not …"). */
function sentence([name, position]: PropertyKey[], message: string): string {
  const isLine = (name === 'aliases' || name === 'identifiers') && typeof position === 'number';
  return `${isLine ? `Line ${position + 1}` : 'This'} ${message}.`;
}

/** A brand as the form shows it. */
export function toTypedBrand({ aliases, identifiers, addresses, ...brand }: Brand): TypedBrand {
  return {
    ...brand,
    aliases: aliases.join('\n'),
    identifiers: identifiers.map(({ system, value }) => (system ? `${system}|${value}` : value)).join('\n'),
    addresses: addresses.map(({ line, ...address }) => ({ ...address, line: line?.join('\n') })),
  };
}
