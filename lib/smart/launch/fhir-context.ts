import { z } from 'zod';
import { isId, parseReference } from '#lib/fhir/reference/reference.ts';
import { longListIn, tooManyItems } from '../long-list.ts';

/** The role `launch`, which SMART defines, or somebody's own, which must be an absolute URI. */
const Role = z
  .string()
  .refine((role) => role === 'launch' || (/^[a-z][a-z0-9+.-]*:\S+$/i.test(role) && URL.canParse(role)), {
    error: 'must be launch or an absolute URI',
  });
const text = z.string().min(1, 'must not be empty');

const Entry = z
  .looseObject({
    reference: text.optional(),
    canonical: text.optional(),
    identifier: z.record(z.string(), z.unknown()).optional(),
    type: text.optional(),
    role: Role.optional(),
  })
  .refine(
    ({ reference, canonical, identifier }) => reference ?? canonical ?? identifier,
    'must have a reference, a canonical or an identifier',
  )
  .refine(
    ({ role = 'launch', ...entry }) => role !== 'launch' || !isTopLevel(entry),
    'stands for a Patient or an Encounter: name those as patient and encounter, or say their role here',
  );

const topLevel = /(^|\/)(Patient|Encounter)(\/[^/]+(\/_history\/[^/]+)?)?$/;

function isTopLevel({ reference = '', type = '' }: { reference?: string | undefined; type?: string | undefined }) {
  return topLevel.test(reference) || topLevel.test(type);
}

/** The rule of `fhirContext`. Systems of the first two generations send a reference as text for an entry. */
const FhirContext = z.array(z.preprocess((entry) => (typeof entry === 'string' ? { reference: entry } : entry), Entry));

/**
 * The issue of `fhirContext` as somebody sent it, in words that end a sentence; undefined when it is in order.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#fhircontext-exp
 */
export function issueOfFhirContext(sent: unknown): string | undefined {
  if (longListIn(sent)) return `fhirContext ${tooManyItems()}`;
  const [issue] = FhirContext.safeParse(sent).error?.issues ?? [];
  if (!issue) return undefined;
  const [index, member] = issue.path;
  const place = index === undefined ? '' : `[${String(index)}]${member === undefined ? '' : `.${String(member)}`}`;
  const said = ['custom', 'too_small'].includes(issue.code) ? issue.message : 'is not as SMART App Launch 2.2 has it';
  return `fhirContext${place} ${said}`;
}

/** `fhirContext` for the token response: objects, whether objects or texts were sent; undefined when it is empty. */
export function fhirContextOf(sent: unknown): object[] | undefined {
  const entries = FhirContext.safeParse(sent).data ?? [];
  return entries.length > 0 ? entries : undefined;
}

/**
 * The resources at `fhirBase`, as `Type/id`, that the parameters `location` and `resource` may mean; a bare id in
 * `location` is that of a Location. Both names are custom, not specified, so their values can be anything.
 */
export function customaryReferences({ location, resource }: Record<string, unknown>, fhirBase: string): string[] {
  const place = isId(location) ? `Location/${location}` : location;
  return [place, resource].flatMap((sent) => {
    const named = typeof sent === 'string' ? parseReference(sent, fhirBase) : undefined;
    return named ? [`${named.resourceType}/${named.id}`] : [];
  });
}

/** The resources at `fhirBase` that `fhirContext` names, as `Type/id`, whether objects or texts were sent. */
export function fhirContextReferences(sent: unknown, fhirBase: string): string[] {
  const entries = FhirContext.safeParse(sent).data ?? [];
  return entries.flatMap(({ reference }) => {
    const named = reference === undefined ? undefined : parseReference(reference, fhirBase);
    return named ? [`${named.resourceType}/${named.id}`] : [];
  });
}
