import { ExcessiveJson, parseExactly, parsingExactly, RepeatedMember } from '#lib/fhir/json/exact-json.ts';
import { stepsInTurns } from '#lib/work/in-turns.ts';
import { jsonPath, type Problem } from './problem.ts';

/**
 * Parses JSON, keeping the texts of its numbers. Otherwise returns the problem: a syntax error with its line and column,
 * or an object with two members of the same name. A problem quotes nothing of a text that is not JSON: what it is, nobody
 * knows.
 */
export function parseJson(text: string, file: string): ParsedJson {
  const json = withoutMark(text);
  try {
    return { value: parseExactly(json) };
  } catch (error) {
    return problemOf(error, json, file);
  }
}

/** The value of a JSON text, or why it has none. */
export type ParsedJson = { value: unknown } | { problem: Problem };

/** Parses long JSON as `parseJson` does, in turns with other requests. */
export async function parseLongJson(text: string, file: string): Promise<ParsedJson> {
  const json = withoutMark(text);
  try {
    return { value: await stepsInTurns(parsingExactly(json)) };
  } catch (error) {
    return problemOf(error, json, file);
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

function problemOf(error: unknown, json: string, file: string): ParsedJson {
  return { problem: { file, path: '$', reason: reasonOf(error as SyntaxError, json) } };
}

function reasonOf(error: SyntaxError, text: string): string {
  if (error instanceof ExcessiveJson) return error.message;
  if (!(error instanceof RepeatedMember)) return `is not JSON: ${withPlace(error, text)}`;
  return `has the same member twice in one object, at ${jsonPath(error.steps).slice(0, maxPathLength)}`;
}

/** Longest path quoted in a problem. */
const maxPathLength = 200;

function withPlace({ message }: SyntaxError, text: string): string {
  const [what = ''] = message.split(/ in JSON| at position| \(line/);
  const said = /at position (\d+)/.exec(message)?.[1];
  const words = what.includes('"') ? 'Unexpected character' : what;
  if (said === undefined && text.length > maxSearched) return words;
  const before = text.slice(0, said === undefined ? positionOfToken(text) : Number(said)).split('\n');
  return `${words} (line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1})`;
}

/** Longest text in which a place is searched, in UTF-16 units: it is read about twenty times. */
const maxSearched = 256 * 1024;

/**
 * Where JSON.parse met a character that cannot stand there, which its message says by quoting the text. Every beginning
 * of the text that reaches so far is refused for the same character, and none that does not.
 */
function positionOfToken(text: string): number {
  let [fine, refused] = [0, text.length];
  while (fine < refused) {
    const middle = Math.floor((fine + refused) / 2);
    if (hasBadToken(text.slice(0, middle + 1))) refused = middle;
    else fine = middle + 1;
  }
  return fine;
}

function hasBadToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return (error as SyntaxError).message.includes('"');
  }
}
