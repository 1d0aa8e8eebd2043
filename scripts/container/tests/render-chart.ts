/** Values of a chart, and what Helm adds to them. */
export type Values = { [name: string]: unknown };

interface Piece {
  /** The text before the action, and the action; undefined for the text at the end. */
  text: string;
  action: string | undefined;
}

/**
 * Renders the small part of Helm's templates that ours are written in: values by their path, `quote`, `if` with `not` and
 * `else`, and `range` over names and values. It is no Helm: it is here so that tests can read what comes out.
 * @throws Error for an action that it does not know, and for a value that is not there
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
  const first = renderBlock(after, values);
  const second = first.ended === 'else' ? renderBlock(first.rest, values) : { text: '', rest: first.rest };
  return { text: holds ? first.text : second.text, rest: second.rest };
}

function renderEach(
  { name, value, path }: Record<'name' | 'value' | 'path', string>,
  after: Piece[],
  values: Values,
): Omit<Rendered, 'ended'> {
  const { rest } = renderBlock(after, { ...values, [`$${name}`]: '', [`$${value}`]: '' });
  const entries = Object.entries(valueAt(path, values) as object);
  const texts = entries.map(
    ([key, one]) => renderBlock(after, { ...values, [`$${name}`]: key, [`$${value}`]: one }).text,
  );
  return { text: texts.join(''), rest };
}

function isTrue(condition: string, values: Values): boolean {
  const [, negated] = /^not (\S+)$/.exec(condition) ?? [];
  return negated ? !valueAt(negated, values) : Boolean(valueAt(condition, values));
}

function expressionOf(action: string, values: Values): string {
  const [, path = '', quoted] = /^(\S+)( \| quote)?$/.exec(action) ?? [];
  if (!path) throw new Error(`This is not known here: ${action}`);
  const value = String(valueAt(path, values));
  return quoted ? JSON.stringify(value) : value;
}

function valueAt(path: string, values: Values): unknown {
  if (path.startsWith('$')) return values[path];
  const [first, ...names] = path.split('.');
  if (first !== '') throw new Error(`This is no path of a value: ${path}`);
  const found = names.reduce<unknown>((value, name) => (value as Values | undefined)?.[name], values);
  if (found === undefined) throw new Error(`There is no value ${path}.`);
  return found;
}
