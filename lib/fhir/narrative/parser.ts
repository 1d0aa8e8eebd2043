import { SaxesParser } from 'saxes';

/** As many characters as FHIR allows in one text. @see https://hl7.org/fhir/R4/datatypes.html#string */
export const maxLength = 1024 * 1024;

/** Deeper than any table within tables, and what every browser reads without regrouping elements. */
export const maxDepth = 100;

/** Names in a problem may be as long as the narrative. */
const maxProblemLength = 200;

/** An attribute as it stands in a narrative, between its quotes. */
export interface Attribute {
  element: string;
  name: string;
  /** What an XML parser makes of the text between the quotes. */
  value: string;
  /** The text between the quotes itself, and where it begins and ends. */
  written: string;
  begin: number;
  end: number;
  /** Whether it has an entity that XML does not know: a browser that reads HTML may know it. */
  hasUnknownEntity: boolean;
}

/** Is told what stands in a narrative, and returns why it may not. */
export interface NarrativeReader {
  element?: (name: string, depth: number) => string | undefined;
  attribute?: (attribute: Attribute) => string | undefined;
}

/** Ends the parsing at the first problem. */
class NarrativeError extends Error {}

/** An XML parser that stops at the first problem; the parser below it would go on and list one for each character. */
export class NarrativeParser extends SaxesParser<{ xmlns: false }> {
  hasUnknownEntity = false;
  element = '';
  depth = 0;

  /** Apps write HTML's names for characters, such as `&nbsp;`, which XML does not know; in text, they are harmless. */
  override fail(message: string): this {
    if (message !== 'undefined entity.') this.stop(`it is not well-formed: ${message}`);
    this.hasUnknownEntity = true;
    return this;
  }

  /** @throws NarrativeError with the problem and its place, when there is one */
  stop(problem: string | undefined): void {
    if (problem === undefined) return;
    throw new NarrativeError(`${problem.slice(0, maxProblemLength)} (line ${this.line}, column ${this.column})`);
  }
}

/**
 * Reads a narrative from its beginning to the first problem, and returns that with its place; undefined for one that is
 * well-formed, has elements, attributes, texts and comments only, and is neither too long nor nested too deeply.
 */
export function readNarrative(div: string, reader: NarrativeReader): string | undefined {
  if (div.length > maxLength) return `it is longer than ${maxLength} characters`;
  const parser = new NarrativeParser();
  allowMarkupOnly(parser);
  parser.on('opentagstart', ({ name }) => {
    Object.assign(parser, { element: name, depth: parser.depth + 1, hasUnknownEntity: false });
    if (parser.depth > maxDepth) parser.stop(`it is nested deeper than ${maxDepth} elements`);
    parser.stop(reader.element?.(name, parser.depth));
  });
  parser.on('attribute', (one) => {
    parser.stop(reader.attribute?.(attributeAt(parser, div, one)));
    parser.hasUnknownEntity = false;
  });
  parser.on('closetag', () => {
    parser.depth--;
  });
  return problemOf(() => parser.write(div).close());
}

/** Stops at what has no place in a narrative, or what HTML reads otherwise than XML does. */
function allowMarkupOnly(parser: NarrativeParser): void {
  parser.on('comment', (text) => {
    // HTML ends some comments where XML does not, and reads the rest as elements.
    if (/^-?>|--!?>|--$/.test(text)) parser.stop('a comment may not begin with ">"');
  });
  parser.on('cdata', () => parser.stop('a CDATA section is not allowed'));
  parser.on('doctype', () => parser.stop('a document type is not allowed'));
  parser.on('processinginstruction', () => parser.stop('a processing instruction is not allowed'));
  parser.on('xmldecl', () => parser.stop('an XML declaration is not allowed'));
}

/** The attribute that ends before the parser's position: its closing quote is the last character read. */
function attributeAt(parser: NarrativeParser, div: string, read: { name: string; value: string }): Attribute {
  const end = parser.position - 1;
  const begin = div.lastIndexOf(div.charAt(end), end - 1) + 1;
  const { element, hasUnknownEntity } = parser;
  return { ...read, element, hasUnknownEntity, written: div.slice(begin, end), begin, end };
}

function problemOf(parse: () => void): string | undefined {
  try {
    parse();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof NarrativeError) return thrown.message;
    throw thrown;
  }
}
