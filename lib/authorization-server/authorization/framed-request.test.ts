import { expect, it } from 'vitest';
import { isFromForeignFrame, repeatingPage } from './framed-request.ts';

it.each([
  ['GET', 'cross-site', 'iframe', true],
  ['GET', 'same-origin', 'iframe', false],
  ['GET', 'same-site', 'iframe', false],
  ['GET', 'cross-site', 'document', false],
  ['POST', 'cross-site', 'iframe', false],
  ['GET', '', '', false],
])('%s from %s into %s: %s', (method, site, dest, expected) => {
  const headers = new Headers({ 'sec-fetch-site': site, 'sec-fetch-dest': dest });
  expect(isFromForeignFrame({ method, headers })).toBe(expected);
});

it('asks for the same address, whatever stands in it, and lets no other site frame it', async () => {
  const url = 'http://localhost/demo/oauth/authorize?state="><script>&scope=a%20b';
  const answer = repeatingPage({ url });
  const text = await answer.text();
  expect(text).not.toContain('<script>');
  expect(text).toContain('content="0; url=/demo/oauth/authorize?state=%22%3E%3Cscript%3E&#38;scope=a%20b"');
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
});
