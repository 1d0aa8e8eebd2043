import { describe, expect, it } from 'vitest';
import { addresses } from './markup.ts';
import { narrativeProblem } from './narrative.ts';

const withAddress = (attribute: string, address: string, quote = '"') =>
  narrativeProblem(`<div><a ${attribute}=${quote}${address}${quote}>x</a></div>`);

const active = ['javascript:alert(1)', 'vbscript:x', 'data:text/html,x', 'data:image/svg+xml,x', 'blob:x', 'file:///x'];

/** Ways to write an address that browsers read as the same one, from XHTML or from HTML. */
const spellings: [string, (address: string) => string][] = [
  ['as it is', (one) => one],
  ['in capitals', (one) => one.toUpperCase()],
  ['in mixed case', (one) => one.charAt(0).toUpperCase() + one.slice(1)],
  ...[
    ' ',
    '\n',
    '\t',
    '\r',
    '\r\n',
    '&#1;',
    '&#x9;',
    '&#31;',
    '\u0001',
    '\u001f',
    '&#xA0;',
    '&Tab;',
    '&NewLine;',
  ].flatMap((skipped): [string, (address: string) => string][] => [
    [`after ${JSON.stringify(skipped)}`, (one) => skipped + one],
    [`with ${JSON.stringify(skipped)} in the scheme`, (one) => one.slice(0, 3) + skipped + one.slice(3)],
    [`with ${JSON.stringify(skipped)} before the colon`, (one) => one.replace(':', `${skipped}:`)],
    [`with ${JSON.stringify(skipped)} after the colon`, (one) => one.replace(':', `:${skipped}`)],
  ]),
  ['with a decimal reference', (one) => `&#${one.charCodeAt(0)};${one.slice(1)}`],
  ['with a hexadecimal reference', (one) => `&#x${one.charCodeAt(0).toString(16)};${one.slice(1)}`],
  ['with zeros in a reference', (one) => `&#000000${one.charCodeAt(0)};${one.slice(1)}`],
  ['in references only', (one) => [...one].map((character) => `&#${character.charCodeAt(0)};`).join('')],
  ['with a named colon', (one) => one.replace(':', '&colon;')],
  ['with a numbered tab and a named colon', (one) => `${one.slice(0, 2)}&#9;${one.slice(2).replace(':', '&colon;')}`],
];

it('every attribute that leads somewhere is judged', () => {
  expect([...addresses].sort()).toEqual(['cite', 'href', 'longdesc', 'src', 'usemap']);
});

describe.each([...addresses])('%s refuses', (attribute) => {
  it.each(active)('%s however it is written', (address) => {
    const passed = spellings.flatMap(([name, spell]) =>
      ['"', "'"].filter((quote) => withAddress(attribute, spell(address), quote) === undefined).map(() => name),
    );
    expect(passed).toEqual([]);
  });

  it.each(['\n', '\t', '\r', '\r\n', '&#10;', '&#9;', '&#127;', '&#x85;'])('the control character %j', (control) => {
    expect(withAddress(attribute, `https://a.example/${control}x`)).toMatch(/may have no line breaks, tabs or other/);
  });

  it('an entity that only HTML knows', () => {
    expect(withAddress(attribute, 'https://a.example/&Tab;')).toMatch(/no entities but those of XML/);
  });

  it.each(['https://a.example/x?y=1&amp;z', ' https://a.example/ ', 'Patient/1', '#x', 'mailto:x@a.example', ''])(
    'not %j',
    (address) => expect(withAddress(attribute, address)).toBeUndefined(),
  );
});

it('an image may have line breaks in its Base64', () => {
  expect(narrativeProblem('<div><img src="data:image/png;base64,AAAA\n  AAAA"/></div>')).toBeUndefined();
});

it.each(['url&lpar;x)', 'ur&#108;(x)', 'expression&lpar;x)', '&bsol;75rl(x)'])('a style is not %s', (value) => {
  expect(narrativeProblem(`<div><p style="background: ${value}">x</p></div>`)).toMatch(/style of <p>/);
});

it('names of HTML for characters may stand in texts and titles', () => {
  expect(narrativeProblem('<div title="a&nbsp;b"><a href="x">&copy;</a>&nbsp;<a href="y">z</a></div>')).toBeUndefined();
});
