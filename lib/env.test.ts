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
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '::', PUBLIC_URL: 'http://localhost:3000' }, false],
    [{ HOST: '127.0.0.1' }, true],
    [{ HOST: '0.0.0.0', ALLOW_PRIVATE_ADDRESSES: 'true' }, true],
  ])('with %j, whether apps may have private addresses: %s', (variables, allowed) => {
    expect(parseEnv(variables).allowPrivateAddresses).toBe(allowed);
  });

  it.each([
    [{}, false],
    [{ PUBLIC_URL: 'http://127.0.0.1:3000' }, false],
    [{ PUBLIC_URL: 'http://[::1]:3000', HOST: '::1' }, false],
    [{ HOST: 'localhost' }, false],
    [{ HOST: '127.0.0.1' }, false],
    [{ HOST: '127.example' }, true],
    [{ HOST: '0.0.0.0' }, true],
    [{ HOST: '::' }, true],
    [{ PUBLIC_URL: 'https://ehr.example' }, true],
    [{ PUBLIC_URL: 'https://ehr.example', HOST: '127.0.0.1' }, true],
    [{ PUBLIC_URL: 'http://localhost.example:3000' }, true],
    [{ SAMPLES_URL: 'http://127.0.0.1:3000' }, false],
    [{ SAMPLES_URL: 'http://samples.example:3000' }, true],
  ])('with %j, whether others than this machine may reach it: %s', (variables, exposed) => {
    expect(parseEnv(variables).exposed).toBe(exposed);
  });

  it('has the bundled apps connect to this server, and to others that are named', () => {
    expect(parseEnv({}).sampleServers).toEqual(['http://localhost:3000']);
    const SAMPLES_ISS = 'https://fhir.example/r4 https://auth.fhir.example, http://localhost:3000/demo/fhir';
    expect(parseEnv({ SAMPLES_ISS }).sampleServers).toEqual([
      'http://localhost:3000',
      'https://fhir.example',
      'https://auth.fhir.example',
    ]);
  });

  it.each([
    [{}, undefined],
    [{ SAMPLES_URL: '' }, undefined],
    [{ SAMPLES_URL: 'http://127.0.0.1:3000/' }, 'http://127.0.0.1:3000'],
    [{ PUBLIC_URL: 'https://ehr.example', SAMPLES_URL: 'https://samples.example' }, 'https://samples.example'],
  ])('with %j, the origin of the bundled apps: %s', (variables, origin) => {
    expect(parseEnv(variables).samplesOrigin).toBe(origin);
  });

  it('trusts no proxy unless it is told to', () => {
    expect(parseEnv({}).trustedProxies).toEqual([]);
    const { trustedProxies } = parseEnv({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,2001:db8::/32' });
    expect(trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);
  });

  it.each([
    [{ ALLOW_PRIVATE_ADDRESSES: 'yes' }, /ALLOW_PRIVATE_ADDRESSES: must be true or false/],
    [{ SAMPLES_ISS: 'fhir.example' }, /SAMPLES_ISS: must be addresses of FHIR servers/],
    [{ SAMPLES_ISS: 'javascript:alert(1)' }, /SAMPLES_ISS/],
    [{ HOST: '0.0.0.0:80' }, /HOST: must be an address or a host name alone/],
    [{ HOST: 'http://ehr.example' }, /HOST/],
    [{ HOST: '[::]' }, /HOST/],
    [{ TRUSTED_PROXIES: 'all' }, /TRUSTED_PROXIES: must be addresses or ranges/],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES/],
    [{ TRUSTED_PROXIES: '10.0.0.0/8/8' }, /TRUSTED_PROXIES/],
    [{ TRUSTED_PROXIES: '127.0.0.1, *' }, /TRUSTED_PROXIES/],
    [{ MAX_ANSWER_MB: '0' }, /MAX_ANSWER_MB/],
    [{ MAX_ANSWER_MB: 'much', PORT: '0' }, /PORT.*MAX_ANSWER_MB/s],
    [{ PORT: '99999' }, /PORT/],
    [{ PORT: 'web' }, /PORT/],
    [{ PORT: '80.5' }, /PORT: must be a whole number from 1 to 65535/],
    [{ SESSION_HOURS: 'long' }, /SESSION_HOURS: must be a whole number from 1 to 720/],
    [{ PUBLIC_URL: 'ehr.example' }, /PUBLIC_URL: must be an address that begins with http/],
    [{ PUBLIC_URL: 'localhost:3000' }, /PUBLIC_URL: must be an address that begins with http/],
    [
      { PUBLIC_URL: 'https://ehr.example/?x' },
      /PUBLIC_URL: must be an origin, without a path: https:\/\/ehr\.example$/,
    ],
    [
      { PUBLIC_URL: 'https://me:secret@ehr.example' },
      /PUBLIC_URL: must be an origin, without a user name or password, such/,
    ],
    [{ PUBLIC_URL: 'https://ehr.example/base' }, /PUBLIC_URL.*without a path/],
    [{ SAMPLES_URL: '127.0.0.1:3000' }, /SAMPLES_URL/],
    [{ SAMPLES_URL: 'http://127.0.0.1:3000/samples' }, /SAMPLES_URL.*without a path/],
    [{ SAMPLES_URL: 'http://localhost:3000' }, /SAMPLES_URL: must have another host name than PUBLIC_URL/],
    // The browser would send the EHR's cookies to it: cookies know no ports.
    [{ SAMPLES_URL: 'http://localhost:4000' }, /SAMPLES_URL: must have another host name than PUBLIC_URL/],
    [{ PUBLIC_URL: 'https://ehr.example', SAMPLES_URL: 'http://samples.example' }, /SAMPLES_URL: .*https:/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL: must be the address of a PostgreSQL server, such as postgresql:/],
    [{ DATABASE_URL: 'localhost:5432/ehr' }, /DATABASE_URL/],
    [{ DATABASE_URL: 'postgresql://:::bad' }, /DATABASE_URL: cannot be read as an address, such as postgresql:/],
    [{ DATABASE_DIRECT_URL: 'postgresql://h:99999/ehr' }, /DATABASE_DIRECT_URL: .* a port is at most 65535/],
    [{ DATABASE_DIRECT_URL: 'localhost:5432' }, /DATABASE_DIRECT_URL: must be the address of a PostgreSQL server/],
  ])('refuses %j by name', (variables, says) => expect(() => parseEnv(variables)).toThrow(says));

  it('keeps former versions for good, and other things as long as it is told', () => {
    expect(parseEnv({ KEEP_LAUNCHES_DAYS: '7' }).retention).toMatchObject({
      versions: undefined,
      launches: 7,
      audit: 90,
    });
    expect(parseEnv({ KEEP_VERSIONS_DAYS: '30' }).retention.versions).toBe(30);
  });

  it.each(['KEEP_AUDIT_DAYS', 'KEEP_VERSIONS_DAYS'])('refuses to keep for no time: %s', (name) => {
    for (const value of ['0', '-1', '1.5', 'a week']) expect(() => parseEnv({ [name]: value })).toThrow(name);
  });
});
