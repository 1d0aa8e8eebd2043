import type { WrittenRequest } from '#scripts/papers/written-request.ts';

/** How curl's options change a request; each takes the text after it. */
const options: Record<string, (request: WrittenRequest, text: string) => void> = {
  '-X': (request, text) => {
    request.method = text;
  },
  '-H': (request, text) => {
    const [name = '', value = ''] = text.split(/: (.*)/s);
    request.headers[name] = value;
  },
  '-d': (request, text) => addData(request, text),
  '--data-urlencode': (request, text) => {
    const [name = '', value = ''] = text.split(/=(.*)/s);
    addData(request, `${name}=${encodeURIComponent(value)}`);
  },
};

/** The request that a `curl` command sends. @throws Error for an option that is not known here */
export function curlRequest(command: string): WrittenRequest {
  const [, ...words] = wordsOf(command);
  const request: WrittenRequest = { method: 'GET', target: '/', headers: {} };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) request.target = targetOf(word);
    else applyOption(request, word, words.shift());
  }
  if (request.body !== undefined) request.headers['Content-Type'] ??= 'application/x-www-form-urlencoded';
  return request;
}

function applyOption(request: WrittenRequest, name: string, text: string | undefined): void {
  const apply = options[name];
  if (!apply || text === undefined) throw new Error(`curl ${name} is not understood here.`);
  apply(request, text);
}

function targetOf(address: string): string {
  return address.replace(/^https?:\/\/[^/]+/, '');
}

function addData(request: WrittenRequest, text: string): void {
  if (request.method === 'GET') request.method = 'POST';
  request.body = request.body === undefined ? text : `${request.body}&${text}`;
}

/** The words of a command as a shell reads them, as far as single quotes and lines that go on. */
function wordsOf(command: string): string[] {
  const line = command.replaceAll(/\\\n\s*/g, '');
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
