import { curlRequest } from '#scripts/papers/curl.ts';
import { type Block, blocksOf, type Paper } from '#scripts/papers/papers.ts';
import type { WrittenRequest } from '#scripts/papers/written-request.ts';

/** What a paper says that it is answered with. */
export interface WrittenAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A request and its answer, one below the other in a paper. */
export interface Exchange {
  request: WrittenRequest;
  answer: WrittenAnswer;
}

/**
 * The exchanges that a paper shows: a block of HTTP or a `curl` command, and the block of HTTP with its answer.
 * @throws Error for a request without an answer, and for an answer without a request
 */
export function exchangesOf(paper: Paper): Exchange[] {
  const blocks = blocksOf(paper).filter((block) => block.language === 'http' || isCurl(block));
  const requests = blocks.filter((block) => !isAnswer(block));
  const exchanges = requests.map((block) => {
    const next = blocks[blocks.indexOf(block) + 1];
    if (!next || !isAnswer(next)) throw new Error(`${paper.file} does not say what answers this:\n${block.text}`);
    return { request: readRequest(block), answer: readAnswer(next.text) };
  });
  if (blocks.length !== 2 * requests.length) throw new Error(`${paper.file} has an answer to nothing.`);
  return exchanges;
}

function isCurl({ language, text }: Block): boolean {
  return language === 'sh' && text.startsWith('curl ');
}

function isAnswer({ language, text }: Block): boolean {
  return language === 'http' && text.startsWith('HTTP/');
}

function readRequest(block: Block): WrittenRequest {
  if (isCurl(block)) return curlRequest(block.text);
  const { first, headers, body } = readMessage(block.text);
  const [, method, target] = /^([A-Z]+) (\/\S*)$/.exec(first) ?? [];
  if (!method || !target) throw new Error(`This is no request: ${first}`);
  return body ? { method, target, headers, body } : { method, target, headers };
}

function readAnswer(text: string): WrittenAnswer {
  const { first, headers, body } = readMessage(text);
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(first) ?? [];
  if (!status) throw new Error(`This is no answer: ${first}`);
  return { status: Number(status), headers, body };
}

function readMessage(text: string): { first: string; headers: Record<string, string>; body: string } {
  const [head = '', ...rest] = text.split('\n\n');
  const [first = '', ...lines] = head.split('\n');
  const headers = lines.map((line) => {
    const [, name, value] = /^([\w-]+): (.+)$/.exec(line) ?? [];
    if (!name || !value) throw new Error(`This is no header: ${line}`);
    return [name, value];
  });
  return { first, headers: Object.fromEntries(headers), body: rest.join('\n\n') };
}
