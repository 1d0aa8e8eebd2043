import { expect, it } from 'vitest';
import { calledFrom } from '#lib/http/caller/caller-address.ts';
import { deviceOf } from './device.ts';

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Mobile Safari on iOS',
  ],
  ['curl/8.0', 'Unknown browser'],
  ['', 'Unknown browser'],
  [`Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 ${'x'.repeat(5000)}`, 'Firefox on Linux'],
])('tells the browser of %.60s in words', (agent, words) => {
  expect(deviceOf(new Headers({ 'user-agent': agent }))).toEqual({ browser: words, address: undefined });
});

it('takes the address that the server found, and none that the client claims', () => {
  const headers = new Headers({ 'x-forwarded-for': '198.51.100.1' });
  expect(calledFrom('192.0.2.1', () => deviceOf(headers)).address).toBe('192.0.2.1');
});
