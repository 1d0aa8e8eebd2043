import type { Bundle, Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { sweepVersions } from '#lib/data/resource/former-versions.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { fhirServer } from './fhir-server.ts';

let here: Awaited<ReturnType<typeof fhirServer>>;

const observation = (id: string, patient: string, code: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: code },
  category: [{ coding: [{ code }] }],
  subject: { reference: `Patient/${patient}` },
});

const send = (path: string, token: string) => here.send('GET', path, token);

/** `Type/id/version method status` of each entry. */
async function historyAt(path: string, token: string): Promise<string[]> {
  const response = await send(path, token);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const { entry = [], type } = JSON.parse(text) as Bundle;
  expect(type).toBe('history');
  return entry.map(({ request, response, resource }) => {
    expect(resource === undefined).toBe(request?.method === 'DELETE');
    return `${request?.url}/${response?.etag?.slice(3, -1)} ${request?.method} ${response?.status}`;
  });
}

beforeAll(async () => {
  here = await fhirServer({
    clinician: { scope: 'user/*.cruds' },
    launched: { scope: 'patient/*.rs', patient: 'A' },
    narrow: { scope: 'user/Observation.rs?category=laboratory' },
    searcher: { scope: 'user/*.s' },
    'patients-only': { scope: 'user/Patient.r' },
    'own-record': { scope: 'user/*.rs', role: 'patient', fhirUser: 'Patient/B' },
  });
  const times = [1, 2, 3, 4].map((day) => new Date(`2026-01-0${day}T00:00:00Z`));
  const put = (resources: object[], now = new Date()) => putResources(here.sandboxId, resources as Resource[], { now });
  await put(
    ['A', 'B'].map((id) => ({ resourceType: 'Patient', id })),
    times[0],
  );
  await put([observation('moved', 'A', 'social-history'), observation('gone', 'B', 'laboratory')], times[1]);
  await put([observation('moved', 'B', 'laboratory')], times[2]);
  expect((await here.send('DELETE', '/Observation/gone', 'clinician')).status).toBe(204);
});

describe('vread', () => {
  it('answers each version with its own tag', async () => {
    const first = await send('/Observation/moved/_history/1', 'clinician');
    expect([first.status, first.headers.get('etag')]).toEqual([200, 'W/"1"']);
    expect(first.headers.get('content-location')).toBe(`${here.base}/Observation/moved/_history/1`);
    expect(await first.json()).toMatchObject({ subject: { reference: 'Patient/A' }, meta: { versionId: '1' } });
    const second = await send('/Observation/moved/_history/2', 'clinician');
    expect(await second.json()).toMatchObject({ subject: { reference: 'Patient/B' }, meta: { versionId: '2' } });
  });

  it.each([
    ['clinician', 'Observation/gone/_history/1', 200],
    ['clinician', 'Observation/gone/_history/2', 410],
    ['clinician', 'Observation/gone/_history/3', 404],
    ['clinician', 'Observation/moved/_history/0', 404],
    ['clinician', 'Observation/moved/_history/01', 404],
    ['clinician', 'Observation/moved/_history/99999999999999999999', 404],
    ['clinician', "Observation/moved/_history/1'--", 404],
    ['clinician', 'Observation/%00/_history/1', 404],
    ['clinician', 'Nothing/moved/_history/1', 404],
    ['launched', 'Observation/moved/_history/1', 200],
    ['launched', 'Observation/moved/_history/2', 404],
    ['launched', 'Observation/gone/_history/2', 404],
    ['own-record', 'Observation/moved/_history/1', 404],
    ['own-record', 'Observation/moved/_history/2', 200],
    ['own-record', 'Observation/gone/_history/2', 410],
    ['narrow', 'Observation/moved/_history/1', 404],
    ['narrow', 'Observation/moved/_history/2', 200],
    ['searcher', 'Observation/moved/_history/1', 403],
  ])('%s gets %s: %i', async (token, path, status) => {
    expect((await send(`/${path}`, token)).status).toBe(status);
  });
});

describe('history', () => {
  const versions = {
    gone: ['Observation/gone/2 DELETE 204', 'Observation/gone/1 PUT 201'],
    moved: ['Observation/moved/2 PUT 200', 'Observation/moved/1 PUT 201'],
    patients: ['Patient/B/1 PUT 201', 'Patient/A/1 PUT 201'],
  };
  const [deletion = '', beforeDeletion = ''] = versions.gone;
  const [current = '', former = ''] = versions.moved;

  it.each<[string, string, string[]]>([
    ['clinician', '/Observation/moved/_history', versions.moved],
    ['clinician', '/Observation/gone/_history', versions.gone],
    ['clinician', '/Observation/_history', [deletion, current, former, beforeDeletion]],
    ['clinician', '/_history', [deletion, current, former, beforeDeletion, ...versions.patients]],
    ['clinician', '/_history?_since=2026-01-03T00:00:00Z', [deletion, current]],
    ['clinician', '/_history?_since=2026-01-03T01:00:00%2B01:00&_count=1', [deletion]],
    ['clinician', '/Observation/moved/_history?_since=2126-01-01T00:00:00Z', []],
    ['launched', '/_history', [former, 'Patient/A/1 PUT 201']],
    ['launched', '/Observation/moved/_history', [former]],
    ['own-record', '/_history', [deletion, current, beforeDeletion, 'Patient/B/1 PUT 201']],
    ['narrow', '/_history', [current]],
    ['narrow', '/Observation/_history', [current]],
    ['patients-only', '/_history', versions.patients],
  ])('%s gets %s', async (token, path, expected) => {
    expect(await historyAt(path, token)).toEqual(expected);
  });

  it('comes in pages without gaps or repetitions', async () => {
    const whole = await historyAt('/_history', 'clinician');
    const seen: string[] = [];
    let path: string | undefined = '/_history?_count=2';
    while (path) {
      seen.push(...(await historyAt(path, 'clinician')));
      const { link } = (await (await send(path, 'clinician')).json()) as Bundle;
      path = link?.find(({ relation }) => relation === 'next')?.url.slice(here.base.length);
    }
    expect(seen).toEqual(whole);
  });

  it.each([
    ['searcher', '/_history', 403],
    ['searcher', '/Observation/_history', 403],
    ['patients-only', '/Observation/_history', 403],
    ['launched', '/Observation/gone/_history', 404],
    ['clinician', '/Observation/never/_history', 404],
    ['clinician', '/Nothing/_history', 404],
    ['clinician', '/_history?_count=0', 400],
    ['clinician', '/_history?_count=many', 400],
    ['clinician', '/_history?_since=yesterday', 400],
    ['clinician', '/_history?_since=2026-01-01', 400],
    ['clinician', '/_history?_cursor=x', 400],
    ['clinician', "/_history?_cursor=' OR 1=1", 400],
  ])('%s at %s: %i', async (token, path, status) => {
    const response = await send(path, token);
    expect(response.status).toBe(status);
    expect((await response.json()).resourceType).toBe('OperationOutcome');
  });

  it('ends at its sandbox, and with it', async () => {
    const other = await fhirServer({ foreign: { scope: 'user/*.cruds' } });
    await other.put([{ resourceType: 'Patient', id: 'A', active: true } as Resource]);
    await other.put([{ resourceType: 'Patient', id: 'A', active: false } as Resource]);
    expect(await historyAt('/_history', 'clinician')).toHaveLength(6);
    expect((await (await other.send('GET', '/_history', 'foreign')).json()).entry).toHaveLength(2);
    await database().sandbox.delete({ where: { id: other.sandboxId } });
    expect(await database().resourceVersion.count({ where: { sandboxId: other.sandboxId } })).toBe(0);
  });
});

describe('a version that is kept no longer', () => {
  beforeAll(() => sweepVersions(new Date('2026-01-20T00:00:00Z'), 10));

  it.each([
    ['clinician', 'Observation/moved/_history/1', 410],
    ['clinician', 'Observation/moved/_history/2', 200],
    ['clinician', 'Observation/moved/_history/3', 404],
    ['clinician', 'Observation/moved/_history/0', 404],
    // It was deleted just now, so this was replaced just now.
    ['clinician', 'Observation/gone/_history/1', 200],
    ['own-record', 'Observation/moved/_history/1', 410],
    // Whoever cannot see that there is a later one learns nothing of the former.
    ['launched', 'Observation/moved/_history/1', 404],
    ['patients-only', 'Observation/moved/_history/1', 403],
  ])('%s gets %s: %i', async (token, path, status) => {
    const response = await send(`/${path}`, token);
    expect(response.status).toBe(status);
    if (status === 410) expect((await response.json()).issue[0].diagnostics).toContain('kept no longer');
  });

  it('is in no history, and in no total', async () => {
    const { entry, total } = (await (await send('/Observation/moved/_history', 'clinician')).json()) as Bundle;
    expect([entry?.length, total, entry?.[0]?.response?.etag]).toEqual([1, 1, 'W/"2"']);
    expect((await send('/Observation/moved/_history', 'launched')).status).toBe(404);
  });

  it('keeps its number: the next one counts on', async () => {
    const { status, headers } = await here.send(
      'PUT',
      '/Observation/moved',
      'clinician',
      observation('moved', 'B', 'x'),
    );
    expect([status, headers.get('etag')]).toEqual([200, 'W/"3"']);
  });
});
