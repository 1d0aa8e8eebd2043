import { expect, it } from 'vitest';
import { networkOf, widerNetworkOf } from './network.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['::ffff:127.0.0.1', undefined],
  ['unknown', undefined],
  [undefined, undefined],
])('%s counts as %s', (address, expected) => expect(networkOf(address)).toBe(expected));

it.each([
  ['192.0.2.1', '192.0.2.0/24'],
  ['::ffff:192.0.2.1', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['127.0.0.1', undefined],
  ['::1', undefined],
  ['unknown', undefined],
  [undefined, undefined],
])('%s is within %s', (address, expected) => expect(widerNetworkOf(address)).toBe(expected));
