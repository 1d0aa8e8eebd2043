import { SaxesParser } from 'saxes';
import { refusedAttribute, refusedElement } from './narrative-markup.ts';

/** Apps write HTML's names for characters, such as `&nbsp;`, which XML does not know; they are harmless in both. */
const harmless = /undefined entity/;

/**
 * What keeps `div` from being the narrative of a resource, with its place: it is one well-formed `<div>` of FHIR's
 * subset of XHTML, with no scripts, no handlers of events, and nothing else that does something. Undefined for a sound
 * one. A browser reads what passes as the same elements, whether as XML or as HTML.
 * @see https://hl7.org/fhir/R4/narrative-definitions.html#Narrative.div
 */
export function narrativeProblem(div: string): string | undefined {
  const parser = new SaxesParser({ xmlns: false });
  const reader = new NarrativeReader(() => `line ${parser.line}, column ${parser.column}`);
  parser.on('error', ({ message }) => {
    if (!harmless.test(message)) reader.note(`it is not well-formed: ${message.replace(/^\d+:\d+: /, '')}`);
  });
  parser.on('opentag', ({ name, attributes }) => reader.open(name, Object.entries(attributes)));
  parser.on('closetag', () => reader.close());
  parser.on('comment', (text) => reader.comment(text));
  parser.on('cdata', () => reader.note('a CDATA section is not allowed'));
  parser.on('doctype', () => reader.note('a document type is not allowed'));
  parser.on('processinginstruction', () => reader.note('a processing instruction is not allowed'));
  parser.on('xmldecl', () => reader.note('an XML declaration is not allowed'));
  parser.write(div).close();
  return reader.problem;
}

/** Keeps the first problem of a narrative that is read. */
class NarrativeReader {
  problem: string | undefined;
  #depth = 0;
  readonly #place: () => string;

  constructor(place: () => string) {
    this.#place = place;
  }

  note(problem: string): void {
    this.problem ??= `${problem} (${this.#place()})`;
  }

  open(name: string, attributes: [name: string, value: string][]): void {
    if (this.#depth === 0 && name !== 'div') this.note(`it begins with <${name}> instead of <div>`);
    this.#depth++;
    const refusals = [refusedElement(name), ...attributes.map((one) => refusedAttribute(name, ...one))];
    const [first] = refusals.filter((refusal) => refusal !== undefined);
    if (first) this.note(first);
  }

  close(): void {
    this.#depth--;
  }

  /** HTML ends some comments where XML does not, and reads the rest as elements. */
  comment(text: string): void {
    if (/^-?>|--!?>|--$/.test(text)) this.note('a comment may not begin with ">"');
  }
}
