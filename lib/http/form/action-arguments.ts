/** Fields of a form by name. */
type Fields = ReadonlyMap<string, unknown>;

/** More than any action of ours takes. */
const maxArguments = 20;

/** Deeper than the arguments of any action of ours. */
const maxDepth = 20;

/**
 * What keeps fields from being the arguments of a server action, which a page sends as React encodes them: the field `0`
 * is a JSON list; a text that begins with `$` is no text. Undefined for arguments that may be decoded. Of React's types
 * only those pass that our pages send: forms, dates, large numbers, and numbers that JSON does not have.
 */
export function argumentProblem(fields: Fields): string | undefined {
  const list = jsonOf(fields.get('0'));
  if (!Array.isArray(list)) return 'it has no list of arguments';
  if (list.length > maxArguments) return 'it has more arguments than any action takes';
  return hasOnlyKnown(list) ? undefined : 'it has arguments of a type that no page sends';
}

/**
 * What keeps a form from naming the server action to call, as pages write it into forms that work without JavaScript:
 * `$ACTION_REF_1` announces `$ACTION_1:0`, which names the action and the field with its bound arguments.
 */
export function boundProblem(fields: Fields): string | undefined {
  const names = [...fields.keys()].filter((name) => name.startsWith('$ACTION_REF_'));
  const isSound = names.every((name) => isSoundReference(fields, `$ACTION_${name.slice('$ACTION_REF_'.length)}:`));
  return isSound ? undefined : 'it names an action in a way that no page does';
}

function isSoundReference(fields: Fields, prefix: string): boolean {
  const named = jsonOf(fields.get(`${prefix}0`));
  if (typeof named !== 'object' || named === null || !('id' in named) || typeof named.id !== 'string') return false;
  const bound = 'bound' in named ? named.bound : null;
  if (bound === null) return true;
  const [, field] = /^\$@([0-9a-f]{1,4})$/.exec(String(bound)) ?? [];
  const list = field && jsonOf(fields.get(`${prefix}${field}`));
  return Array.isArray(list) && hasOnlyKnown(list);
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What a text that begins with `$` may be: a text with that sign doubled, a form, a date, a number, or undefined. */
const known = /^\$(\$|K[0-9a-f]{1,4}$|n-?\d{1,300}$|undefined$|NaN$|-?Infinity$|-0$)/;

function hasOnlyKnown(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.startsWith('$') || known.test(value) || isDate(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > maxDepth) return false;
  return Object.entries(value).every(([name, one]) => name !== '__proto__' && hasOnlyKnown(one, depth + 1));
}

function isDate(value: string): boolean {
  return value.startsWith('$D') && !Number.isNaN(Date.parse(value.slice('$D'.length)));
}
