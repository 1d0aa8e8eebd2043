import { expect, it } from 'vitest';
import { sandboxFile } from './schema.ts';

const schema = sandboxFile({ origin: 'https://ehr.example' });

/** A sandbox file with something at each place that has a rule of its own. */
const full = {
  slug: 'a',
  name: 'A',
  brand: {
    aliases: ['B'],
    categories: ['prov'],
    identifiers: [{ system: 'urn:x', value: '1' }],
    addresses: [{ line: ['1 Way'], city: 'C' }],
    portals: [{ name: 'P', url: 'https://p.example' }],
    partOf: { name: 'Q' },
    endpoint: { status: 'active' },
  },
  users: [
    { username: 'ann', name: 'Ann', password: 'long enough', role: 'patient', fhirUser: 'Patient/1', proxyFor: [] },
  ],
  clients: [
    {
      clientId: 'app',
      name: 'App',
      type: 'jwks',
      redirectUris: ['https://app.example/cb'],
      origins: ['https://app.example'],
      scope: 'openid',
      jwks: { keys: [{ kty: 'EC', kid: 'a', crv: 'P-384', x: 'abc', y: 'def' }] },
      launchDefaults: { intent: 'x' },
      frameFeatures: ['camera'],
    },
  ],
  cdsServices: [
    { id: 's', hook: 'patient-view', title: 'T', description: 'D', discovery: 'https://s.example', prefetch: {} },
  ],
  scenarios: [
    { id: 'x', name: 'X', description: '', app: 'app', parameters: { fhirContext: [{ reference: 'Patient/1' }] } },
  ],
  data: [{ generate: { patients: 1, seed: 1 } }],
};

/** All copies of `node` in which one value, at whatever depth, is `other`. */
function variants(node: unknown, other: unknown): unknown[] {
  const deeper = Array.isArray(node)
    ? node.flatMap((item, at) => variants(item, other).map((one) => node.with(at, one)))
    : Object.entries(node instanceof Object ? node : {}).flatMap(([name, value]) =>
        variants(value, other).map((one) => ({ ...(node as object), [name]: one })),
      );
  return [other, ...deeper];
}

it.each([[null], [1], ['x'], [true], [[]], [{}], [[null]], [{ keys: [null] }]])(
  'a file with %j for any of its values is read or refused, and no rule fails on it',
  (other) => {
    const all = variants(full, other);
    expect(all.length).toBeGreaterThan(60);
    for (const one of all) expect(schema.safeParse(one)).toHaveProperty('success');
  },
);
