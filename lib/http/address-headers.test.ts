import { expect, it } from 'vitest';
import { addressTo } from './address-headers.ts';

it.each([
  ['https://ehr.example', { host: 'ehr.example', proto: 'https' }],
  ['http://localhost:3000', { host: 'localhost:3000', proto: 'http' }],
])('lets a request be addressed to %s only, by who sent it', (origin, { host, proto }) => {
  const headers = {
    host: 'evil.example',
    forwarded: 'host=evil.example',
    'x-forwarded-host': 'evil.example, other.example',
    'x-forwarded-proto': 'gopher',
    'x-forwarded-port': '1',
    'x-forwarded-for': '127.0.0.1',
    'x-real-ip': '127.0.0.1',
    cookie: 'kept=1',
  };
  addressTo(origin, '198.51.100.1', headers);
  const forwarded = { 'x-forwarded-host': host, 'x-forwarded-proto': proto, 'x-forwarded-for': '198.51.100.1' };
  expect(headers).toEqual({ host, ...forwarded, cookie: 'kept=1' });
});
