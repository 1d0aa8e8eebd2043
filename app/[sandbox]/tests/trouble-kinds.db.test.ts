/** Lets the database fail in every way under FHIR and OAuth: each says 503 in its own form, and has written nothing. */

import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { faults, makeFallible, whileFailing } from '#lib/data/database/tests/failing-database.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';
import { digestOf, type Holdings, makeHoldings } from './holdings.ts';
import { judged } from './trouble-outcome.ts';

let held: Holdings;

beforeAll(async () => {
  makeFallible();
  for (const method of ['error', 'info'] as const) vi.spyOn(log, method).mockImplementation(() => {});
  held = await makeHoldings();
});

describe.each(faults)('%s', (_, fault) => {
  const fhir = (path: string, init: { method?: string; body?: object } = {}) => {
    const { method = 'GET', body } = init;
    const headers = { authorization: `Bearer ${held.token}`, 'content-type': 'application/fhir+json' };
    const sent = body ? { body: JSON.stringify(body) } : {};
    return answerFhir(new Request(`${env().origin}/${held.slug}/fhir${path}`, { method, headers, ...sent }), held.slug);
  };
  const oauth = (path: string, init: RequestInit = {}) =>
    answerOauth(new Request(`${env().origin}/${held.slug}${path}`, init), held.slug, async () => undefined);
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
  const put = { method: 'PUT', url: 'Patient/new-one' };
  const bundle = (type: string) => ({
    resourceType: 'Bundle',
    type,
    entry: [{ request: put, resource: { resourceType: 'Patient', id: 'new-one' } }],
  });

  it.each<[what: string, type: string, ask: () => Promise<Response>]>([
    ['the CapabilityStatement', 'application/fhir+json', () => fhir('/metadata')],
    ['a read', 'application/fhir+json', () => fhir('/Patient/baby')],
    ['a search', 'application/fhir+json', () => fhir('/Patient?name=a')],
    ['a write', 'application/fhir+json', () => fhir('/Patient', { method: 'POST', body: { resourceType: 'Patient' } })],
    ['a transaction', 'application/fhir+json', () => fhir('', { method: 'POST', body: bundle('transaction') })],
    ['discovery', 'application/json', () => oauth('/.well-known/openid-configuration')],
    ['the token endpoint', 'application/json', () => oauth('/oauth/token', form({ grant_type: 'client_credentials' }))],
    ['introspection', 'application/json', () => oauth('/oauth/introspect', form({ token: held.token }))],
    ['the authorize page', 'text/html', () => oauth('/oauth/authorize?a=b', { headers: { accept: 'text/html' } })],
  ])('is 503 for %s', async (__, type, ask) => {
    const before = await digestOf(held.id);
    const { result } = await whileFailing({ from: 1, fault }, ask);
    expect(result.headers.get('content-type')).toContain(type);
    expect(await judged(result)).toBe('503');
    expect(await digestOf(held.id)).toEqual(before);
  });

  it('is 503 for an entry of a batch', async () => {
    const { result } = await whileFailing({ from: 2, fault }, () =>
      fhir('', { method: 'POST', body: bundle('batch') }),
    );
    expect(await result.json()).toMatchObject({
      type: 'batch-response',
      entry: [{ response: { status: expect.stringContaining('503'), outcome: { resourceType: 'OperationOutcome' } } }],
    });
  });
});
