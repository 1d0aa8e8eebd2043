import { describe, expect, it } from 'vitest';
import { readSandboxText } from '#lib/sandbox-file/read-sandbox-file.ts';
import { answerIssues } from '#scripts/papers/answer-issues.ts';
import { exchangesOf } from '#scripts/papers/exchanges.ts';
import { sandboxExamplesOf } from '#scripts/papers/sandbox-examples.ts';

const block = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const ok = block('http', 'HTTP/1.1 200 OK\nContent-Type: application/json\n\n{"a": 1}');
const read = (text: string) => exchangesOf({ file: 'a.md', text });

describe('exchanges', () => {
  it('are a request of HTTP and its answer', () => {
    const [exchange] = read(block('http', 'POST /demo/x?y=1\nA: b: c\n\n{"z": 2}\n\nend') + ok);
    expect(exchange).toEqual({
      request: { method: 'POST', target: '/demo/x?y=1', headers: { A: 'b: c' }, body: '{"z": 2}\n\nend' },
      answer: { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"a": 1}' },
    });
  });

  it('are a curl command and its answer, in a list too', () => {
    const command = "curl http://localhost:3000/x -H 'A: b' \\\n  -d a=1 --data-urlencode 'b=c d/*'";
    const [exchange] = read(`${block('sh', command)}${ok}`.replaceAll(/^(?=.)/gm, '  '));
    expect(exchange?.request).toEqual({
      method: 'POST',
      target: '/x',
      headers: { A: 'b', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=1&b=c%20d%2F*',
    });
  });

  it('are none where a paper shows other commands', () => expect(read(block('sh', 'npm start'))).toEqual([]));

  it.each([
    ['a request without an answer', block('http', 'GET /x'), /does not say what answers/],
    ['two requests before an answer', block('http', 'GET /x') + block('http', 'GET /y') + ok, /does not say/],
    ['an answer to nothing', block('http', 'GET /x') + ok + ok, /answer to nothing/],
    ['a malformed request', block('http', 'GET x') + ok, /no request/],
    ['a malformed header', block('http', 'GET /x\nA') + ok, /no header/],
    ['an unknown option of curl', block('sh', 'curl --none x http://a.example/') + ok, /--none/],
  ])('refuse %s', (_, text, error) => expect(() => read(text)).toThrow(error));
});

describe('an answer', () => {
  const json = { 'Content-Type': 'application/json' };
  const issues = (written: unknown, given: unknown, status = 200) =>
    answerIssues(
      { status: 200, headers: json, body: JSON.stringify(written) },
      { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(given) },
    );

  it.each([
    ['is the same', { a: [1, null, true] }, { a: [1, null, true] }],
    ['says more', { a: { b: 'c' } }, { a: { b: 'c', d: 1 }, e: 2 }],
    ['lists more', { a: ['b'] }, { a: ['c', 'b'] }],
    ['has some text', { a: '…', b: 'x…z' }, { a: 'anything', b: 'x\nz' }],
  ])('fits when it %s', (_, written, given) => expect(issues(written, given)).toEqual([]));

  it.each([
    ['another value', { a: 1 }, { a: 2 }, /^\$\.a is 2, not 1/],
    ['another type', { a: '…' }, { a: 1 }, /^\$\.a is 1/],
    ['no such member', { a: { b: '…' } }, {}, /^\$\.a\.b is undefined/],
    ['no such item', { a: ['b'] }, { a: ['c'] }, /^\$\.a/],
    ['no list', { a: ['b'] }, { a: 'b' }, /^\$\.a/],
    ['an empty text', { a: '…' }, { a: '' }, /^\$\.a/],
  ])('does not fit when it has %s', (_, written, given, issue) => {
    expect(issues(written, given)).toEqual([expect.stringMatching(issue)]);
  });

  it('does not fit with another status, media type or text', () => {
    expect(issues({}, {}, 404)[0]).toMatch(/404/);
    const text = { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' };
    expect(answerIssues(text, { status: 200, contentType: 'text/plain', body: 'ok' })).toEqual([]);
    expect(answerIssues(text, { status: 200, contentType: 'text/html', body: 'ok' })[0]).toMatch(/text\/html/);
    expect(answerIssues(text, { status: 200, contentType: 'text/plain', body: 'no' })[0]).toMatch(/no/);
  });
});

describe('sandbox files', () => {
  const whole = '{ "slug": "s", "name": "S", "users": [] }';
  const read = (...texts: string[]) =>
    sandboxExamplesOf([{ file: 'a.md', text: texts.map((text) => block('json', text)).join('\n') }]);
  const problems = (text = '') => readSandboxText(text, 'a.md', { origin: 'http://localhost:3000' });

  it('are whole, or members that are added to the first whole one', async () => {
    const [, part] = read(whole, '"registration": "open"');
    expect(JSON.parse(part?.text ?? '')).toEqual({ slug: 's', name: 'S', users: [], registration: 'open' });
    expect(await problems(part?.text)).toHaveProperty('sandbox');
  });

  it('are refused where a member is unknown or wrong', async () => {
    expect(await problems(read(whole, '"registrations": "open"')[1]?.text)).toHaveProperty('problems');
    expect(await problems(read(whole, '"registration": "none"')[1]?.text)).toHaveProperty('problems');
  });

  it('must be JSON', () => expect(() => read('{ "slug": … }')).toThrow(SyntaxError));
});
