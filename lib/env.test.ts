import { describe, expect, it } from 'vitest';
import { parseEnv } from '#lib/env.ts';

describe('parseEnv', () => {
  it('serves at localhost:3000 on the embedded database when nothing is set', () => {
    const { origin, port, databaseUrl } = parseEnv({});
    expect({ origin, port, databaseUrl }).toEqual({
      origin: 'http://localhost:3000',
      port: 3000,
      databaseUrl: undefined,
    });
  });

  it.each([
    [{ PORT: '8080' }, 'http://localhost:8080'],
    [{ PUBLIC_URL: 'https://ehr.example/' }, 'https://ehr.example'],
    [{ PUBLIC_URL: '', PORT: '81' }, 'http://localhost:81'],
  ])('takes its origin from %j', (variables, origin) => expect(parseEnv(variables).origin).toBe(origin));

  it.each([
    [{}, true],
    [{ PUBLIC_URL: 'http://127.0.0.1:3000' }, true],
    [{ PUBLIC_URL: 'http://[::1]:3000' }, true],
    [{ PUBLIC_URL: 'https://ehr.example' }, false],
    [{ PUBLIC_URL: 'https://localhost.example' }, false],
    [{ PUBLIC_URL: 'https://127.example' }, false],
    [{ PUBLIC_URL: 'https://ehr.example', ALLOW_PRIVATE_ADDRESSES: 'true' }, true],
    [{ ALLOW_PRIVATE_ADDRESSES: 'false' }, false],
  ])('with %j, whether apps may have private addresses: %s', (variables, allowed) => {
    expect(parseEnv(variables).allowPrivateAddresses).toBe(allowed);
  });

  it.each([
    [{ ALLOW_PRIVATE_ADDRESSES: 'yes' }, /ALLOW_PRIVATE_ADDRESSES: must be true or false/],
    [{ PORT: '99999' }, /PORT/],
    [{ PORT: 'web' }, /PORT/],
    [{ PUBLIC_URL: 'ehr.example' }, /PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://ehr.example/base' }, /PUBLIC_URL.*without a path/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL.*postgresql/],
  ])('refuses %j by name', (variables, says) => expect(() => parseEnv(variables)).toThrow(says));
});
