import { z } from 'zod';
import { type Brand, brandSchema } from './brand.ts';

const typed = z.string().optional();
const TypedAddress = z.object({
  /** Lines, such as street and building. */
  line: typed,
  city: typed,
  state: typed,
  postalCode: typed,
  country: typed,
});
const TypedPortal = z.object({ name: typed, description: typed, url: typed, logoUri: typed, logoLicense: typed });

/** What the brand form sends: text as it was typed, ticks, and no rule yet. */
const TypedBrand = z.object({
  logoUri: typed,
  logoLicense: typed,
  color: typed,
  website: typed,
  /** One a line. */
  aliases: typed,
  categories: z.array(z.string()).optional(),
  /** One a line, the system before the value and a bar between them. */
  identifiers: typed,
  addresses: z.array(TypedAddress).optional(),
  portals: z.array(TypedPortal).optional(),
  partOf: z.object({ name: typed, website: typed }).optional(),
  endpoint: z.object({ name: typed, status: typed, developerUrl: typed }).optional(),
});

export type TypedBrand = z.infer<typeof TypedBrand>;
export type TypedPortal = z.infer<typeof TypedPortal>;
export type TypedAddress = z.infer<typeof TypedAddress>;

/** The brand form as a schema: what was typed becomes a brand, every issue a sentence beside its field. */
export function brandForm(origin: string) {
  return TypedBrand.transform((brand, context): Brand => {
    const parsed = brandSchema(origin).safeParse(toBrand(brand));
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

/** `system|value`, as FHIR's token search parameters have it; without a bar it is all value. */
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

/** What was added and left empty counts as not given. */
function filled<Fields extends Texts>(list: Fields[] = []): Fields[] {
  return list.filter((fields) => !isBlank(fields));
}

function lines(text = ''): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []);
}

function orNothing(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** The field that an issue of the brand belongs to: several lines are one field, and blank groups still have a place. */
function fieldOf(path: PropertyKey[], brand: TypedBrand): PropertyKey[] {
  const [name, position, inner] = path;
  if (name === 'aliases' || name === 'identifiers') return [name];
  if (name === 'addresses') return [name, placeOf(brand.addresses, position), inner ?? 'line'];
  return name === 'portals' ? [name, placeOf(brand.portals, position), inner ?? 'name'] : path;
}

/** Where the group stands in the form that is at `position` among those that are not blank. */
function placeOf(groups: Texts[] = [], position: PropertyKey = 0): number {
  return Math.max(0, groups.indexOf(filled(groups)[Number(position)] ?? {}));
}

/** The rules speak of a value ("must not …"). */
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
