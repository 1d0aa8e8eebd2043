import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { putResources } from '#lib/data/resource/resources.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    launched: { scope: 'patient/*.rs', patient: 'A' },
  });
  const patients = ['A', 'B'].map((id) => ({ resourceType: 'Patient', id })) as Resource[];
  await putResources(here.sandboxId, patients, { now: new Date('2026-01-02T03:04:05Z') });
});

describe('a conditional read', () => {
  it.each<[Record<string, string>, number]>([
    [{}, 200],
    [{ 'if-none-match': 'W/"1"' }, 304],
    [{ 'if-none-match': '"1"' }, 304],
    [{ 'if-none-match': 'W/"7", W/"1"' }, 304],
    [{ 'if-none-match': 'W/"2"' }, 200],
    [{ 'if-none-match': 'nonsense' }, 200],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, 304],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:06 GMT' }, 304],
    [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-none-match': 'W/"2"', 'if-modified-since': 'Fri, 02 Jan 2026 03:04:06 GMT' }, 200],
  ])('with %j: %i', async (headers, status) => {
    const response = await here.send('GET', '/Patient/A', 'launched', undefined, headers);
    expect([response.status, response.headers.get('etag')]).toEqual([status, 'W/"1"']);
    const text = await response.text();
    expect(text === '').toBe(status === 304);
  });

  it('tells nothing of what is out of reach', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await here.send('GET', '/Patient/B', 'launched', undefined, headers)).status).toBe(404);
    expect((await here.send('GET', '/Patient/never', 'launched', undefined, headers)).status).toBe(404);
  });

  it('answers the content again after a change', async () => {
    const body = { resourceType: 'Patient', id: 'B', active: true };
    const headers = { 'if-none-match': 'W/"1"' };
    expect((await here.send('GET', '/Patient/B', 'clinician', undefined, headers)).status).toBe(304);
    await here.send('PUT', '/Patient/B', 'clinician', body);
    expect((await here.send('GET', '/Patient/B', 'clinician', undefined, headers)).status).toBe(200);
  });
});
