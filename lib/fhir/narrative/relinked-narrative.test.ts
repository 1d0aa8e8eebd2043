import { describe, expect, it } from 'vitest';
import { relinkedNarrative } from './relinked-narrative.ts';

const urn = 'urn:uuid:1';
const relinkTo = (literal: string) => (link: string) => (link === urn ? literal : link);

it.each([
  ['in double quotes', `<div><a href="${urn}">x</a></div>`, '<div><a href="Patient/1">x</a></div>'],
  ['in single quotes', `<div><img src='${urn}'/></div>`, `<div><img src='Patient/1'/></div>`],
  ['with spaces around "="', `<div><a href = "${urn}"/></div>`, '<div><a href = "Patient/1"/></div>'],
  ['on a line of its own', `<div><a\r\nhref="${urn}"\n/></div>`, '<div><a\r\nhref="Patient/1"\n/></div>'],
  ['with a reference in it', '<div><a href="urn:uuid&#58;1"/></div>', '<div><a href="Patient/1"/></div>'],
  [
    'several times, after what takes two code units',
    `<div title="😀">😀<a href="${urn}">${urn}</a>&nbsp;<a href='${urn}'/>x</div>`,
    `<div title="😀">😀<a href="Patient/1">${urn}</a>&nbsp;<a href='Patient/1'/>x</div>`,
  ],
])('replaces a link %s', (_, div, expected) => {
  expect(relinkedNarrative(div, relinkTo('Patient/1'))).toBe(expected);
});

describe('leaves alone', () => {
  it.each([
    ['an address in single quotes with double ones in it', `<div><img src='x" onerror="document.title=7'/></div>`],
    ['the text of another attribute', `<div><p title=" href='${urn}' onfocus='x' autofocus='' ">x</p></div>`],
    ['an empty address in another attribute', `<div><p title=" href='' onfocus='x' tabindex='1' ">x</p></div>`],
    ['another attribute', `<div><p title="${urn}" id="${urn}" cite="${urn}">x</p></div>`],
    ['a text', `<div> href="${urn}" src='${urn}'</div>`],
    ['a comment', `<div><!-- <a href="${urn}"> --></div>`],
    ['a link with more in it', `<div><a href=" ${urn}"/><a href="${urn}#x"/></div>`],
    ['what is not sound', `<div><a href="${urn}"/><b></div>`],
  ])('%s', (_, div) => expect(relinkedNarrative(div, relinkTo('Patient/1'))).toBe(div));

  it('every link when the narrative would do something with the new ones', () => {
    const div = `<div><a href="${urn}">x</a></div>`;
    expect(relinkedNarrative(div, relinkTo('javascript:alert(1)'))).toBe(div);
  });
});

it('a new link cannot end its attribute', () => {
  const linked = relinkedNarrative(`<div><a href="${urn}"/><a href='${urn}'/></div>`, relinkTo(`a"b'c<d>&e`));
  const escaped = 'a&#34;b&#39;c&#60;d&#62;&#38;e';
  expect(linked).toBe(`<div><a href="${escaped}"/><a href='${escaped}'/></div>`);
});
