import { describe, expect, it } from 'vitest';
import { issueOfLine, issueOfParagraphs, visibleLine } from './visible-text.ts';

const seen = [
  ['', 'nothing'],
  ['Growth Chart 2.1 (beta) & more – "x" <y>', 'punctuation'],
  ['Dr. Zoë Ångström-Müller, Łódź', 'marks'],
  ['e\u0301', 'a combining mark'],
  ['医院 カルテ 병원', 'other scripts'],
  ['تطبيق المستشفى', 'Arabic'],
  ['می\u200cخواهم', 'ZWNJ in Persian'],
  ['क्\u200dष', 'ZWJ in Devanagari'],
  ['ന്\u200d', 'ZWJ at the end of a Malayalam word'],
  ['Heart ❤\ufe0f and \u{1f468}\u200d\u2695\ufe0f', 'pictures'],
  ['\u{1f469}\u{1f3fd}\u200d\u{1f52c}', 'a picture with a skin colour'],
] as const;

const disguised = [
  ['Growth\u202etrahC', 'U+202E', 'an override of the direction'],
  ['a\u200bb', 'U+200B', 'a space without width'],
  ['a\u200cb', 'U+200C', 'ZWNJ between Latin letters'],
  ['a\u200db', 'U+200D', 'ZWJ between Latin letters'],
  ['\u200dم', 'U+200D', 'ZWJ at the beginning'],
  ['م\u200c\u200cم', 'U+200C', 'ZWNJ twice'],
  ['\u{1f468}\u200d', 'U+200D', 'ZWJ after a picture alone'],
  ['a\ufe0f', 'U+FE0F', 'a variation without a picture'],
  ['a\u00adb', 'U+00AD', 'a soft hyphen'],
  ['a\ufeffb', 'U+FEFF', 'a byte order mark'],
  ['a\u061cb', 'U+061C', 'an Arabic mark'],
  ['a\u00a0b', 'U+00A0', 'a space that does not break'],
  ['a\u3000b', 'U+3000', 'a wide space'],
  ['a\u3164b', 'U+3164', 'a Hangul filler'],
  ['a\u2800b', 'U+2800', 'a Braille blank'],
  ['a\u034fb', 'U+034F', 'a joiner of graphemes'],
  ['a\u{e0041}b', 'U+E0041', 'a tag'],
  ['a\u{e0100}b', 'U+E0100', 'a variation of ideographs'],
  ['\uf8ff Health', 'U+F8FF', 'private use'],
  ['a\u0007b', 'U+0007', 'a control'],
  ['a\u009bb', 'U+009B', 'a control of a terminal'],
] as const;

describe('a line that people read', () => {
  it.each(seen)('may be %j: %s', (text) => expect(issueOfLine(text)).toBeUndefined());

  it.each(disguised)('is not %j: it has %s, %s', (text, character) => {
    expect(issueOfLine(text)).toContain(`must not contain ${character},`);
  });

  it('has no character of these kinds at all', () => {
    const kinds = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
    const all = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point));
    const missed = all.filter((character) => kinds.test(character) && issueOfLine(`a${character}b`) === undefined);
    expect(missed).toEqual([]);
  });

  it.each(['a\nb', 'a\rb', 'a\tb', 'a\u0085b', 'a\u2028b'])('is one line: %j', (text) => {
    expect(issueOfLine(text)).toBe('must be one line of text');
  });

  it('is text', () => expect(issueOfLine('half \ud800')).toBe('holds characters that are not text'));
});

it('a description may have lines, and hides as little', () => {
  expect(issueOfParagraphs('One\r\n\tTwo\nThree')).toBeUndefined();
  expect(issueOfParagraphs('One\n\u202eowT')).toContain('U+202E');
});

it('a line from elsewhere is shown without what it hides', () => {
  for (const [text] of seen) expect(visibleLine(text)).toBe(text);
  for (const [text] of disguised) expect(issueOfLine(visibleLine(text)), text).toBeUndefined();
  expect(visibleLine('1\u00a0000\u202f mg\u200b\nx')).toBe('1 000  mg x');
  expect(visibleLine('half \ud800')).toBe('half \ud800');
});
