import type { Chance } from './random.ts';
import { compartment, type Type, tags } from './vocabulary.ts';

/** A span of time in milliseconds, without its end. */
export type Span = [low: number, high: number];

/** A resource, and the values by which it can be found, noted while it was made rather than read from it. */
export interface Made {
  type: Type;
  id: string;
  resource: Record<string, unknown>;
  /** Each as `system|code`. */
  tokens: Record<string, string[]>;
  strings: Record<string, string[]>;
  dates: Record<string, Span[]>;
  numbers: Record<string, number[]>;
  /** Each as `Type/id`; only those that lead to a resource of the same sandbox, should it be there. */
  references: Record<string, string[]>;
  /** URLs of resources elsewhere. */
  foreign: Record<string, string[]>;
  /** References that no search finds, such as those in contained resources: each as `element Type/id`. */
  inside: string[];
  /** Identifiers by which it names something in place of a reference: each as `element value`. */
  identified: string[];
}

/** The patients in whose compartment it lies. */
export function patientsOf({ type, id, references }: Made): string[] {
  if (type === 'Patient') return [id];
  const named = compartment[type].flatMap((parameter) => references[parameter] ?? []);
  return named.filter((name) => name.startsWith('Patient/')).map((name) => name.slice('Patient/'.length));
}

export function emptyMade(type: Type, id: string): Made {
  return {
    type,
    id,
    resource: {},
    tokens: {},
    strings: {},
    dates: {},
    numbers: {},
    references: {},
    foreign: {},
    inside: [],
    identified: [],
  };
}

/** A Reference as JSON, and the local resource it names or the URL elsewhere, if it names one. */
interface Pointer {
  json: Record<string, unknown>;
  local?: string;
  foreign?: string;
  /** The identifier that stands in place of a reference. */
  identified?: string;
}

/** Where resources may be that are not here. */
export interface Elsewhere {
  /** FHIR base of the sandbox itself, when it may be named, and of another one. */
  own?: string;
  other: string;
}

/** Points to `type/id` in one of the ways that FHIR knows, or to another server's resource of the same name. */
export function pointer(chance: Chance, { own, other }: Elsewhere, type: string, id: string): Pointer {
  const local = `${type}/${id}`;
  const way = chance.below(20);
  if (way < 2) {
    const foreign = `${way === 0 ? other : 'https://elsewhere.example/fhir'}/${local}`;
    return { json: { reference: foreign }, foreign };
  }
  if (way === 2) return { json: { type, identifier: { system: 'http://example.org/mrn', value: id } }, identified: id };
  if (way === 3) return { json: { reference: `${local}/_history/1` }, local };
  if (way === 4 && own) return { json: { reference: `${own}/${local}` }, local };
  return { json: { reference: local }, local };
}

/** Notes that the references of `parameters` lead where `pointers` do; what lies elsewhere is of no type. */
export function note(made: Made, parameters: Record<string, string | undefined>, pointers: Pointer[]): unknown[] {
  const locals = pointers.flatMap(({ local }) => local ?? []);
  const urls = pointers.flatMap(({ foreign }) => foreign ?? []);
  const [element] = Object.keys(parameters);
  made.identified.push(...pointers.flatMap(({ identified }) => (identified ? `${element} ${identified}` : [])));
  for (const [parameter, only] of Object.entries(parameters)) {
    const named = locals.filter((local) => only === undefined || local.startsWith(`${only}/`));
    made.references[parameter] = [...(made.references[parameter] ?? []), ...named];
    if (only === undefined) made.foreign[parameter] = [...(made.foreign[parameter] ?? []), ...urls];
  }
  return pointers.map(({ json }) => json);
}

/** A token of a parameter as a Coding, noted. */
export function coding(made: Made, parameter: string, token: string): { system?: string; code: string } {
  made.tokens[parameter] = [...(made.tokens[parameter] ?? []), token];
  const [system, code = ''] = token.split('|');
  return system ? { system, code } : { code };
}

export function tagged(chance: Chance, made: Made): void {
  if (!chance.happens(0.3)) return;
  made.resource.meta = { tag: [coding(made, '_tag', chance.pick(tags))] };
}

/** A day or a month of some year, noted. */
export function day(chance: Chance, made: Made, parameter: string): string {
  const [text, span] = randomDay(chance);
  made.dates[parameter] = [span];
  return text;
}

/** A date as text, and what it spans. */
export function randomDay(chance: Chance): [text: string, span: Span] {
  const [year, month, date] = [2020 + chance.below(3), 1 + chance.below(3), 1 + chance.below(28)];
  const two = (number: number) => String(number).padStart(2, '0');
  if (chance.happens(0.2)) return [`${year}-${two(month)}`, [Date.UTC(year, month - 1), Date.UTC(year, month)]];
  const low = Date.UTC(year, month - 1, date);
  return [`${year}-${two(month)}-${two(date)}`, [low, low + 86_400_000]];
}
