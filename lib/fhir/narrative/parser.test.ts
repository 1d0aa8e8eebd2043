import { SaxesParser } from 'saxes';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { narrativeProblem } from './narrative.ts';
import { maxDepth, maxLength, NarrativeParser, readNarrative } from './parser.ts';

/** How often the parser found a problem, and how many errors, each with a stack, its library made of that. */
function watched() {
  const found = vi.spyOn(NarrativeParser.prototype, 'fail');
  const made = vi.spyOn(SaxesParser.prototype, 'makeError');
  const written = vi.spyOn(SaxesParser.prototype, 'write');
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  return { counts: () => [found.mock.calls.length, made.mock.calls.length], written };
}

describe('the parser stops at the first problem', () => {
  it.each([
    ['ampersands for attributes', `<div><p ${'&'.repeat(2000)}`],
    ['control characters', `<div>${'\u0001'.repeat(2000)}</div>`],
    ['elements that nobody closes', `<div>${'<b>'.repeat(maxDepth - 1)}`],
    ['elements that nobody opened', `<div>${'</b>'.repeat(2000)}`],
    ['attributes without values', `<div><p ${'a '.repeat(2000)}>`],
    ['attributes without quotes', `<div><p ${'class=x '.repeat(2000)}>`],
    ['the same attribute again', `<div><p ${'class="x" '.repeat(2000)}/></div>`],
    ['malformed entities', `<div>${'&#0;'.repeat(2000)}</div>`],
    ['empty entities', `<div>${'&;'.repeat(2000)}</div>`],
    ['"<" in an attribute', `<div><p title="${'<'.repeat(2000)}"/></div>`],
  ])('of %s', (_, div) => {
    const { counts } = watched();
    expect(narrativeProblem(div)).toMatch(/not well-formed/);
    expect(counts()).toEqual([1, 0]);
  });

  it('of what it is told to refuse', () => {
    const names: string[] = [];
    const element = (name: string) => (names.push(name) > 1 ? `no <${name}>` : undefined);
    expect(readNarrative(`<div>${'<script/>'.repeat(2000)}</div>`, { element })).toMatch(/^no <script> \(line 1/);
    expect(names).toEqual(['div', 'script']);
  });
});

it('no error is made of the names of characters that it forgives', () => {
  const { counts } = watched();
  expect(narrativeProblem(`<div>${'&nbsp;'.repeat(2000)}</div>`)).toBeUndefined();
  expect(counts()).toEqual([2000, 0]);
});

it('what is too long is not read at all', () => {
  const { written } = watched();
  expect(narrativeProblem(`<div>${'a'.repeat(maxLength)}</div>`)).toMatch(/longer than 1048576 characters/);
  expect(written).not.toHaveBeenCalled();
});

it('elements may be nested, but not without end', () => {
  const nested = (depth: number) => `<div>${'<b>'.repeat(depth - 1)}x${'</b>'.repeat(depth - 1)}</div>`;
  expect(narrativeProblem(nested(maxDepth))).toBeUndefined();
  expect(narrativeProblem(nested(maxDepth + 1))).toMatch(/nested deeper than 100 elements/);
  expect(narrativeProblem(`<div>${'<b>x</b><br/>'.repeat(2 * maxDepth)}</div>`)).toBeUndefined();
});

it('a problem does not repeat a name of any length', () => {
  expect(narrativeProblem(`<div><${'a'.repeat(5000)}/></div>`)?.length).toBeLessThan(300);
});

it.each([
  [`<div><a href="x" title='y'>`, ['x', 'y']],
  [`<div><a  href = 'a"b'  title=""/>`, ['a"b', '']],
  ['<div title="&#128512;&amp;😀">😀\r\n<a\r\nhref="é&quot;😀"/>', ['&#128512;&amp;😀', 'é&quot;😀']],
  ['\uFEFF<div title="a\r\nb\tc">', ['a\r\nb\tc']],
])('tells what is written between the quotes of %j', (div, expected) => {
  const texts: string[] = [];
  readNarrative(div, {
    attribute: ({ written, begin, end }) => {
      expect(div.slice(begin, end)).toBe(written);
      texts.push(written);
      return undefined;
    },
  });
  expect(texts).toEqual(expected);
});
