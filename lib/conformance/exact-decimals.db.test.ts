import type { Bundle } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { countByType } from '#lib/data/resource/counts.ts';
import { ndjsonOf } from '#lib/export/ndjson.ts';
import { importUpload } from '#lib/import/import-upload.ts';
import { fhirServer } from '#lib/resource-server/tests/fhir-server.ts';

/** Every way in which a decimal is written, and every way in which it is read, must preserve its digits. */
let here: Awaited<ReturnType<typeof fhirServer>>;

beforeAll(async () => {
  here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
});

const numbers = ['1.10', '0.00000001', '12345678901234567890.5'];

/** An Observation as JSON text, with decimals at three depths. */
function observation(id: string, [value = '', deep = '', long = ''] = numbers): string {
  return `{"resourceType":"Observation","id":"${id}","status":"final","code":{"text":"x"},"subject":{"reference":"${here.base}/Patient/P"},
    "valueQuantity":{"value":${value}},"component":[{"code":{"text":"y"},"valueQuantity":{"value":${deep}}}],
    "extension":[{"url":"http://example.org/x","valueDecimal":${long}}]}`;
}

/** The decimals in a text, in the order and at the places of `observation`. */
function decimalsIn(text: string): (string | undefined)[] {
  const quantities = [...text.matchAll(/"valueQuantity":\s*\{\s*"value":\s*([^\s}]+)/g)].map(([, number]) => number);
  return [
    ...quantities.toSorted((a = '', b = '') => numbers.indexOf(a) - numbers.indexOf(b)),
    /"valueDecimal":\s*([^\s}]+)/.exec(text)?.[1],
  ];
}

const send = (method: string, path: string, body?: string, headers?: Record<string, string>) =>
  here.send(method, path, 'clinician', body, headers);
const read = async (path: string) => (await send('GET', path)).text();
const entry = (id: string) =>
  `{"fullUrl":"urn:uuid:11111111-2222-4333-8444-555555555555","resource":${observation(id)},"request":{"method":"PUT","url":"Observation/${id}"}}`;
const bundle = (type: string, id: string) => `{"resourceType":"Bundle","type":"${type}","entry":[${entry(id)}]}`;

describe('decimals that come in', () => {
  it.each<[string, string, (id: string) => Promise<unknown>]>([
    ['by an update', 'd1', (id) => send('PUT', `/Observation/${id}`, observation(id))],
    ['by a conditional update', 'd2', (id) => send('PUT', '/Observation?code:text=nothing', observation(id))],
    ['in a batch', 'd3', (id) => send('POST', '', bundle('batch', id))],
    ['in a transaction', 'd4', (id) => send('POST', '', bundle('transaction', id))],
    [
      'in a file',
      'd5',
      (id) =>
        importUpload(
          here.sandboxId,
          part(`{"resourceType":"Bundle","type":"collection","entry":[{"resource":${observation(id)}}]}`),
        ),
    ],
    ['in a line', 'd6', (id) => importUpload(here.sandboxId, part(observation(id).replaceAll('\n', '')))],
  ])('%s stay as they are', async (_, id, write) => {
    await write(id);
    expect(decimalsIn(await read(`/Observation/${id}`))).toEqual(numbers);
  });

  it('by a create stay as they are, in its answer too', async () => {
    const created = await send('POST', '/Observation', observation('any'));
    expect(created.status).toBe(201);
    const text = await created.text();
    expect(decimalsIn(text)).toEqual(numbers);
    expect(decimalsIn(await read(`/Observation/${JSON.parse(text).id}`))).toEqual(numbers);
  });
});

function part(text: string) {
  return {
    file: 'data',
    place: 'the whole file',
    text,
    lines: !text.includes('"Bundle"'),
    firstLine: 1,
    bytes: text.length,
  };
}

describe('decimals that go out', () => {
  beforeAll(() => send('PUT', '/Observation/out', observation('out')));

  it.each([
    '/Observation/out?_pretty=true',
    '/Observation/out/_history/1',
    '/Observation/out/_history',
    '/Observation?_id=out',
    '/Observation?_id=out&_pretty=true',
    '/Observation?_id=out&_summary=data',
    '/Observation?_id=out&_elements=value,component,extension',
  ])('by %s stay as they are', async (path) => {
    expect(decimalsIn(await read(path))).toEqual(numbers);
  });

  it('by an export stay as they are', async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of ndjsonOf(here.sandboxId, await countByType(here.sandboxId))) chunks.push(chunk);
    const line =
      Buffer.concat(chunks)
        .toString()
        .split('\n')
        .find((one) => one.includes('"id":"out"')) ?? '';
    expect(decimalsIn(line)).toEqual(numbers);
  });

  it('are found by their numeric values', async () => {
    const { entry = [] } = JSON.parse(await read('/Observation?_id=out&value-quantity=1.10')) as Bundle;
    expect(entry).toHaveLength(1);
  });

  it('at the top of a resource stay in a response cut by _elements', async () => {
    const item =
      '{"resourceType":"ChargeItem","id":"c","status":"billable","code":{"text":"x"},"subject":{"reference":"Patient/P"},"factorOverride":1.0}';
    await send('PUT', '/ChargeItem/c', item);
    expect(await read('/ChargeItem/c')).toContain('"factorOverride":1.0}');
    expect(await read('/ChargeItem?_id=c&_elements=factorOverride')).toContain('"factorOverride":1.0');
  });
});

describe('an update', () => {
  const version = async (response: Response) => (await response).headers.get('etag');
  it('to the same number in another precision is a change, and one to the same text is none', async () => {
    const put = (value: string) => send('PUT', '/Observation/v', observation('v', [value, '1', '1']));
    expect(await version(await put('1.1'))).toBe('W/"1"');
    expect(await version(await put('1.10'))).toBe('W/"2"');
    expect(await version(await put('1.10'))).toBe('W/"2"');
    expect(await read('/Observation/v/_history/1')).toContain('"value":1.1}');
  });
});

describe('a patch', () => {
  const patch = (id: string, operations: string) =>
    send('PATCH', `/Observation/${id}`, operations, { 'content-type': 'application/json-patch+json' });

  it.each<[string, string, string, string[]]>([
    ['leaves others alone', 'p1', '[{"op":"replace","path":"/status","value":"amended"}]', numbers],
    [
      'writes its own',
      'p2',
      '[{"op":"replace","path":"/valueQuantity/value","value":1.1000}]',
      ['1.1000', ...numbers.slice(1)],
    ],
    [
      'writes them shorter',
      'p3',
      '[{"op":"replace","path":"/valueQuantity","value":{"value":1.1}}]',
      ['1.1', ...numbers.slice(1)],
    ],
    ['compares values', 'p4', '[{"op":"test","path":"/valueQuantity/value","value":1.1}]', numbers],
    [
      'carries them to another place',
      'p6',
      '[{"op":"copy","from":"/component/0/valueQuantity/value","path":"/valueQuantity/value"}]',
      ['0.00000001', '0.00000001', numbers[2] ?? ''],
    ],
  ])('%s', async (_, id, operations, expected) => {
    await send('PUT', `/Observation/${id}`, observation(id));
    const response = await patch(id, operations);
    const text = await response.text();
    expect([response.status, text]).toEqual([200, expect.anything()]);
    expect(decimalsIn(await read(`/Observation/${id}`)).toSorted()).toEqual(expected.toSorted());
  });

  it('in a transaction writes its own', async () => {
    await send('PUT', '/Observation/p7', observation('p7'));
    const data = Buffer.from('[{"op":"replace","path":"/valueQuantity/value","value":2.50}]').toString('base64');
    const resource = { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
    const request = { method: 'PATCH', url: 'Observation/p7' };
    await send(
      'POST',
      '',
      JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource, request }] }),
    );
    expect(await read('/Observation/p7')).toContain('"value":2.50}');
  });
});
