/** Values of a chart, and what Helm adds to them. */
export type Values = { [name: string]: unknown };

interface Piece {
  /** The text before the action, and the action; undefined for the text at the end. */
  text: string;
  action: string | undefined;
}

/**
 * Renders the small part of Helm's templates that ours are written in: values by their path, `quote`, a number that is
 * added to another, `if` with `not`, `gt` and `else`, `range` over names and values, and `fail`. It is no Helm: it is here
 * so that tests can read what comes out.
 * @throws Error for an action that it does not know, for a value that is not there, and what `fail` says
 */
export function renderTemplate(template: string, values: Values): string {
  const pieces = piecesOf(template);
  const { text, rest } = renderBlock(pieces, values);
  if (rest.length > 0) throw new Error(`There is an end too many, before: ${rest[0]?.text}`);
  return text;
}

function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of template.matchAll(/(\n?[ \t]*\{\{-|\{\{)\s*(.*?)\s*\}\}/g)) {
    pieces.push({ text: template.slice(from, found.index), action: found[2] ?? '' });
    from = found.index + found[0].length;
  }
  return [...pieces, { text: template.slice(from), action: undefined }];
}

interface Rendered {
  text: string;
  /** What ended the block: `end`, `else` or the end of the template. */
  ended: string | undefined;
  rest: Piece[];
}

function renderBlock(pieces: Piece[], values: Values): Rendered {
  let text = '';
  let rest = pieces;
  while (rest.length > 0) {
    const [piece, ...after] = rest;
    text += piece?.text ?? '';
    const action = piece?.action;
    if (action === undefined || action === 'end' || action === 'else') return { text, ended: action, rest: after };
    const done = renderAction(action, after, values);
    text += done.text;
    rest = done.rest;
  }
  return { text, ended: undefined, rest };
}

function renderAction(action: string, after: Piece[], values: Values): Omit<Rendered, 'ended'> {
  const [, condition] = /^if (.+)$/.exec(action) ?? [];
  if (condition) return renderChoice(isTrue(condition, values), after, values);
  const [, name, value, path] = /^range \$(\w+), \$(\w+) := (\S+)$/.exec(action) ?? [];
  if (name && value && path) return renderEach({ name, value, path }, after, values);
  return { text: expressionOf(action, values), rest: after };
}

function renderChoice(holds: boolean, after: Piece[], values: Values): Omit<Rendered, 'ended'> {
  const first = holds ? renderBlock(after, values) : skipBlock(after);
  if (first.ended !== 'else') return first;
  const second = holds ? skipBlock(first.rest) : renderBlock(first.rest, values);
  return { text: first.text + second.text, rest: second.rest };
}

/** A block of which nothing is rendered, so that a `fail` in it says nothing. */
function skipBlock([piece, ...after]: Piece[]): Rendered {
  const action = piece?.action;
  if (action === undefined || action === 'end' || action === 'else') return { text: '', ended: action, rest: after };
  return skipBlock(/^(if|range) /.test(action) ? afterEnd(after) : after);
}

function afterEnd(pieces: Piece[]): Piece[] {
  const { ended, rest } = skipBlock(pieces);
  return ended === 'else' ? afterEnd(rest) : rest;
}

function renderEach(
  { name, value, path }: Record<'name' | 'value' | 'path', string>,
  after: Piece[],
  values: Values,
): Omit<Rendered, 'ended'> {
  const { rest } = skipBlock(after);
  const entries = Object.entries(valueAt(path, values) as object);
  const texts = entries.map(
    ([key, one]) => renderBlock(after, { ...values, [`$${name}`]: key, [`$${value}`]: one }).text,
  );
  return { text: texts.join(''), rest };
}

function isTrue(condition: string, values: Values): boolean {
  const [, negated] = /^not (\S+)$/.exec(condition) ?? [];
  if (negated) return !valueAt(negated, values);
  const [, compared, than] = /^gt \(int (\S+)\) (\d+)$/.exec(condition) ?? [];
  if (compared) return Number(valueAt(compared, values)) > Number(than);
  return Boolean(valueAt(condition, values));
}

function expressionOf(action: string, values: Values): string {
  const [, why] = /^fail "(.*)"$/.exec(action) ?? [];
  if (why) throw new Error(why);
  const [, usual, added, more] = /^add \(int \(default (\d+) (\S+)\)\) (\d+)$/.exec(action) ?? [];
  if (added) return String(Number(lookUp(added, values) || usual) + Number(more));
  const [, path = '', quoted] = /^(\S+)( \| quote)?$/.exec(action) ?? [];
  if (!path) throw new Error(`This is not known here: ${action}`);
  const value = String(valueAt(path, values));
  return quoted ? JSON.stringify(value) : value;
}

function valueAt(path: string, values: Values): unknown {
  const found = lookUp(path, values);
  if (found === undefined) throw new Error(`There is no value ${path}.`);
  return found;
}

function lookUp(path: string, values: Values): unknown {
  if (path.startsWith('$')) return values[path];
  const [first, ...names] = path.split('.');
  if (first !== '') throw new Error(`This is no path of a value: ${path}`);
  return names.reduce<unknown>((value, name) => (value as Values | undefined)?.[name], values);
}
