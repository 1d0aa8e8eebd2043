import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { describeFailure, FhirRequestError } from './failure.ts';
import { fetchFhir, outcomeText, searchFhir, urlWithin } from './fhir-request.ts';

const asked: string[] = [];
const outcome = (diagnostics: string) => ({ resourceType: 'OperationOutcome', issue: [{ diagnostics }] });
const answers: Record<string, [status: number, body: string]> = {
  '/fhir/Patient/1': [200, JSON.stringify({ resourceType: 'Patient', id: '1' })],
  '/fhir/Patient/2': [403, JSON.stringify(outcome('Missing scope patient/Patient.r'))],
  '/fhir/Patient/3': [200, 'not JSON'],
  '/fhir/Observation?p=1': [
    200,
    JSON.stringify({
      entry: [{ resource: { id: 'a' } }, { resource: outcome('a hint'), search: { mode: 'outcome' } }],
      link: [{ relation: 'next', url: 'Observation?p=2' }],
    }),
  ],
  '/fhir/Observation?p=2': [
    200,
    JSON.stringify({ entry: [{ resource: { id: 'b' } }], link: [{ relation: 'next', url: 'Observation?p=2' }] }),
  ],
  '/fhir/Observation?p=away': [
    200,
    JSON.stringify({ link: [{ relation: 'next', url: 'http://elsewhere.example/fhir/Observation?p=2' }] }),
  ],
};

const server = createServer((request, response) => {
  asked.push(`${request.url} ${request.headers.authorization}`);
  const [status, body] = answers[request.url ?? ''] ?? [404, JSON.stringify(outcome('Not known'))];
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(body);
});
let access = { fhirBase: '', accessToken: 'token' };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  access = { ...access, fhirBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir` };
});
afterAll(() => server.close());

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('fetchFhir', () => {
  it('reads a resource with the bearer token', async () => {
    expect(await fetchFhir(access, 'Patient/1')).toEqual({ resourceType: 'Patient', id: '1' });
    expect(asked).toContain('/fhir/Patient/1 Bearer token');
  });

  test.each([
    ['Patient/2', 403, 'Missing scope patient/Patient.r'],
    ['Patient/9', 404, 'Not known'],
    ['Patient/3', 200, 'The answer is not JSON.'],
  ])('says what the server said about %s', async (path, status, diagnostics) => {
    const error = await failureOf(fetchFhir(access, path));
    expect(error).toBeInstanceOf(FhirRequestError);
    expect(error).toMatchObject({ status, diagnostics });
    expect(describeFailure(error).detail).toBe(diagnostics);
  });

  it('says so when nobody answers', async () => {
    const error = await failureOf(fetchFhir({ ...access, fhirBase: 'http://127.0.0.1:1/fhir' }, 'Patient/1'));
    expect(describeFailure(error)).toMatchObject({ title: 'The FHIR server cannot be reached', retry: true });
  });
});

describe('searchFhir', () => {
  it('follows next links, ends where they turn in a circle, and leaves out hints', async () => {
    expect(await searchFhir(access, 'Observation?p=1')).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  it('takes the token to no other server', async () => {
    expect(await failureOf(searchFhir(access, 'Observation?p=away'))).toMatchObject({ status: 502 });
  });
});

test.each([
  ['Patient/1', 'https://ehr.example/demo/fhir/Patient/1'],
  ['https://ehr.example/demo/fhir?page=2', 'https://ehr.example/demo/fhir?page=2'],
])('%s is asked for as %s', (path, url) => {
  expect(urlWithin('https://ehr.example/demo/fhir', path)).toBe(url);
});

test.each([
  [null, ''],
  ['text', ''],
  [{ issue: [] }, ''],
  [{ issue: [{ diagnostics: 'a' }, { details: { text: 'b' } }, { code: 'forbidden' }] }, 'a b forbidden'],
])('outcome %j says "%s"', (body, text) => {
  expect(outcomeText(body)).toBe(text);
});
