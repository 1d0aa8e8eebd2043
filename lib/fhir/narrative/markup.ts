import type { Attribute } from './parser.ts';

/**
 * The elements that a narrative may have: those of chapters 7 to 11 and 15 of HTML 4.0, links and images. `ins`, `del`,
 * `font` and `center` are beyond FHIR's list; real files have them, and they do nothing.
 * @see https://hl7.org/fhir/R4/narrative.html#xhtml
 */
const elements = new Set(
  [
    'div p br span hr address pre blockquote q cite h1 h2 h3 h4 h5 h6',
    'b em i strong small big tt dfn code samp kbd var abbr acronym sub sup bdo s strike u ins del font center',
    'ul ol li dl dt dd',
    'table caption colgroup col thead tbody tfoot tr th td',
    'a img map area',
  ].flatMap((line) => line.split(' ')),
);

/** The attributes that an element of a narrative may have. None of them can make one of these elements do anything. */
const attributes = new Set(
  [
    'xmlns class id idref title lang xml:lang xml:space dir style accesskey tabindex name',
    'span width height align valign char charoff abbr axis headers scope rowspan colspan nowrap bgcolor',
    'summary border frame rules cellspacing cellpadding start type value compact noshade size color face clear',
    'href hreflang rel rev charset shape coords nohref src alt longdesc usemap ismap cite datetime',
  ].flatMap((line) => line.split(' ')),
);

/** The attributes whose value is an address. */
export const addresses = new Set(['href', 'src', 'longdesc', 'cite', 'usemap']);
const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'urn:'];
const image = /^data:image\/(png|gif|jpeg|jpg|webp)[;,]/i;

/** Stands for the address of any server. */
const base = 'https://narrative.example/';

const xhtml = 'http://www.w3.org/1999/xhtml';

/** Why an element may not stand in a narrative; undefined when it may. */
export function refusedElement(name: string): string | undefined {
  return elements.has(name) ? undefined : `<${name}> is none of the elements that a narrative may have`;
}

/** Why an attribute may not stand in a narrative with this value; undefined when it may. */
export function refusedAttribute(attribute: Attribute): string | undefined {
  const { element, name, value } = attribute;
  const where = `${name} of <${element}>`;
  if (!attributes.has(name)) return `${where} is none of the attributes that a narrative may have`;
  if (name === 'xmlns' && value !== xhtml) return `${where} must be ${xhtml}`;
  if (name === 'style' && isActiveStyle(value)) return `${where} may not load or run anything`;
  if (addresses.has(name) && !isHarmlessAddress(name, value)) return `${where} leads where a narrative may not lead`;
  return illegible(attribute, where);
}

/** Why an attribute that is judged by its value cannot be: a browser may read another value. */
function illegible({ name, value, written, hasUnknownEntity }: Attribute, where: string): string | undefined {
  if (name !== 'style' && !addresses.has(name)) return undefined;
  if (hasUnknownEntity) return `${where} may have no entities but those of XML`;
  const isBroken = name !== 'style' && /\p{Cc}/u.test(written + value) && !isImage(name, value);
  return isBroken ? `${where} may have no line breaks, tabs or other control characters` : undefined;
}

/**
 * Judges the address as it is written and without the characters that browsers skip, such as line breaks and leading
 * spaces.
 * @see https://url.spec.whatwg.org/#concept-basic-url-parser
 */
function isHarmlessAddress(name: string, value: string): boolean {
  const asRead = value.replaceAll(/[\p{Cc}\s]/gu, '');
  const isAllowed = (address: string) => isImage(name, address) || isHarmless(address);
  return isAllowed(value) && (asRead === value || isAllowed(asRead));
}

function isHarmless(address: string): boolean {
  return schemes.includes(URL.parse(address, base)?.protocol ?? '');
}

/** Whether the address holds an image itself, often with line breaks in its Base64. */
function isImage(name: string, address: string): boolean {
  return name === 'src' && image.test(address);
}

/** What loads something or, in some browser, runs it. */
const active =
  /\\|url\s*\(|image-set\s*\(|image\s*\(|\bsrc\s*\(|expression\s*\(|script\s*:|@import|-moz-binding|behaviou?r\s*:/i;

/** Whether CSS may load something or run it; an escape may hide anything. */
function isActiveStyle(style: string): boolean {
  // Readers of XML have spaces for line breaks, which end a string in CSS.
  return [style, style.replaceAll(/[\t\n\r\f]/g, ' ')].some((text) => active.test(withoutComments(text)));
}

/** A comment begins where no string does: "/*" is a string. */
function withoutComments(style: string): string {
  return style.replaceAll(/("[^"\n\r\f]*"?|'[^'\n\r\f]*'?)|\/\*.*?(?:\*\/|$)/gs, '$1');
}
