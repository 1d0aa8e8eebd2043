import type { Version } from './ledger.ts';
import type { Made, Span } from './made.ts';
import type { Type } from './vocabulary.ts';

type Prefix = '' | 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb';

/** One search parameter with its value, as plain data. */
export type Condition =
  | { kind: 'id'; values: string[] }
  | { kind: 'token'; name: string; not: boolean; values: string[] }
  | { kind: 'string'; name: string; modifier: '' | ':exact' | ':contains'; value: string }
  | { kind: 'date'; name: string; prefix: Prefix; text: string; span: Span }
  | { kind: 'updated'; prefix: 'ge' | 'lt'; year: number }
  | { kind: 'number'; name: string; prefix: Prefix; value: number }
  | { kind: 'reference'; name: string; form: 'typed' | 'plain' | 'modifier' | 'absolute'; target: string }
  | { kind: 'missing'; name: string; missing: boolean }
  | { kind: 'chain'; name: string; target: Type; inner: Condition }
  | { kind: 'has'; source: Type; name: string; inner: Condition }
  /** A parameter that this server does not support; it occurs only in scopes, which then reach nothing. */
  | { kind: 'unknown'; text: string };

/** Writes it for a URL; `base` is the server's. */
export function textOf(condition: Condition, base: string): string {
  switch (condition.kind) {
    case 'id':
      return `_id=${condition.values.join(',')}`;
    case 'token':
      return `${condition.name}${condition.not ? ':not' : ''}=${condition.values.join(',')}`;
    case 'string':
      return `${condition.name}${condition.modifier}=${condition.value}`;
    case 'date':
      return `${condition.name}=${condition.prefix}${condition.text}`;
    case 'updated':
      return `_lastUpdated=${condition.prefix}${condition.year}`;
    case 'number':
      return `${condition.name}=${condition.prefix}${condition.value}`;
    case 'reference':
      return referenceText(condition, base);
    case 'missing':
      return `${condition.name}:missing=${condition.missing}`;
    case 'chain':
      return `${condition.name}:${condition.target}.${textOf(condition.inner, base)}`;
    case 'has':
      return `_has:${condition.source}:${condition.name}:${textOf(condition.inner, base)}`;
    case 'unknown':
      return condition.text;
  }
}

function referenceText({ name, form, target }: Extract<Condition, { kind: 'reference' }>, base: string): string {
  const [type, id] = target.split('/');
  if (form === 'plain') return `${name}=${id}`;
  if (form === 'modifier') return `${name}:${type}=${id}`;
  return form === 'absolute' ? `${name}=${base}/${target}` : `${name}=${target}`;
}

/** The current versions that may be searched, of any type. */
export type Sight = readonly Version[];

/** Tells whether a resource matches; chains may only use the versions in `sight`. */
export function holds(version: Version, condition: Condition, sight: Sight): boolean {
  const { made } = version;
  switch (condition.kind) {
    case 'id':
      return condition.values.includes(made.id);
    case 'updated':
      return version.at >= Date.UTC(condition.year, 0) === (condition.prefix === 'ge');
    case 'chain':
      return chainHolds(made, condition, sight);
    case 'has':
      return hasHolds(version, condition, sight);
    default:
      return valueHolds(made, condition);
  }
}

function chainHolds(made: Made, { name, target, inner }: Extract<Condition, { kind: 'chain' }>, sight: Sight): boolean {
  const pointed = sight.filter((one) => one.made.type === target && made.references[name]?.includes(one.name));
  return pointed.some((one) => holds(one, inner, sight));
}

function hasHolds({ name: own }: Version, condition: Extract<Condition, { kind: 'has' }>, sight: Sight): boolean {
  const { source, name, inner } = condition;
  const pointing = sight.filter(({ made }) => made.type === source && made.references[name]?.includes(own));
  return pointing.some((one) => holds(one, inner, sight));
}

function valueHolds(made: Made, condition: Condition): boolean {
  switch (condition.kind) {
    case 'token':
      return tokenHolds(made.tokens[condition.name] ?? [], condition.values) !== condition.not;
    case 'string':
      return (made.strings[condition.name] ?? []).some((text) => stringHolds(text, condition));
    case 'date':
      return (made.dates[condition.name] ?? []).some((span) => dateHolds(span, condition));
    case 'number':
      return (made.numbers[condition.name] ?? []).some((number) => numberHolds(number, condition));
    case 'reference':
      return Boolean(made.references[condition.name]?.includes(condition.target));
    case 'missing':
      return condition.missing !== [made.tokens, made.dates].some((all) => (all[condition.name] ?? []).length > 0);
    default:
      return false;
  }
}

function tokenHolds(stored: string[], values: string[]): boolean {
  return values.some((value) => {
    if (!value.includes('|')) return stored.some((one) => one.split('|')[1] === value);
    return value.endsWith('|') ? stored.some((one) => one.startsWith(value)) : stored.includes(value);
  });
}

function stringHolds(text: string, { modifier, value }: Extract<Condition, { kind: 'string' }>): boolean {
  if (modifier === ':exact') return text === value;
  const [stored, wanted] = [text.toLowerCase(), value.toLowerCase()];
  return modifier === ':contains' ? stored.includes(wanted) : stored.startsWith(wanted);
}

/** @see https://hl7.org/fhir/R4/search.html#prefix */
function dateHolds([low, high]: Span, { prefix, span: [from, to] }: Extract<Condition, { kind: 'date' }>): boolean {
  const equal = low >= from && high <= to;
  const meanings: Record<Prefix, boolean> = {
    '': equal,
    eq: equal,
    ne: !equal,
    gt: high > to,
    lt: low < from,
    ge: equal || high > to,
    le: equal || low < from,
    sa: low >= to,
    eb: high <= from,
  };
  return meanings[prefix];
}

function numberHolds(stored: number, { prefix, value }: Extract<Condition, { kind: 'number' }>): boolean {
  const equal = stored === value;
  const [above, below] = [stored > value, stored < value];
  const meanings: Record<Prefix, boolean> = {
    '': equal,
    eq: equal,
    ne: !equal,
    gt: above,
    lt: below,
    ge: equal || above,
    le: equal || below,
    sa: above,
    eb: below,
  };
  return meanings[prefix];
}
