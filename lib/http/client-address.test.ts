import { expect, it } from 'vitest';
import { clientAddress, trusting } from './client-address.ts';

const proxies = trusting(['127.0.0.1', '::1', '10.0.0.0/8', '2001:db8:1::/48']);

it.each([
  ['nobody sent it on', '203.0.113.7', undefined, '203.0.113.7'],
  ['who connects is no proxy of ours', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['who connects is no proxy of ours, and names one', '203.0.113.7', '198.51.100.1, 10.0.0.1', '203.0.113.7'],
  ['a proxy sent it on', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['a proxy sent it on over IPv6', '::1', '2001:db8:2::9', '2001:db8:2::9'],
  ['a proxy of a range sent it on', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['a proxy in a range of IPv6 sent it on', '2001:db8:1::5', '198.51.100.1', '198.51.100.1'],
  ['its IPv4 address is written as IPv6', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
  ['two proxies sent it on', '127.0.0.1', '198.51.100.1, 10.0.0.9', '198.51.100.1'],
  ['the client made up who sent it on', '127.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
  ['the client claims to be a proxy', '127.0.0.1', '192.0.2.66, 10.0.0.66, 198.51.100.1', '198.51.100.1'],
  ['the client made up a word', '127.0.0.1', 'evil, 198.51.100.1', '198.51.100.1'],
  ['the proxy wrote no address', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['the proxy wrote nothing', '127.0.0.1', '', '127.0.0.1'],
  ['only proxies are named', '127.0.0.1', '10.0.0.9', '10.0.0.9'],
  ['ports are written too', '127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['ports are written too, over IPv6', '127.0.0.1', '[2001:db8:2::9]:4711', '2001:db8:2::9'],
  ['the connection is gone', undefined, '198.51.100.1', ''],
])('knows where a request came from when %s', (_, peer, forwardedFor, client) => {
  expect(clientAddress(peer, forwardedFor, proxies)).toBe(client);
});

it('believes nobody when no proxy is trusted', () => {
  expect(clientAddress('127.0.0.1', '198.51.100.1', trusting([]))).toBe('127.0.0.1');
});
