import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { requestsTo } from './import-requests.ts';

const busy = () => Response.json({ error: 'The database is busy.' }, { status: 503, headers: { 'Retry-After': '5' } });
const answer = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', answer);
  answer.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('sends a request again to a server that is busy, as late as it asks', async () => {
  answer.mockResolvedValueOnce(busy()).mockResolvedValueOnce(busy());
  answer.mockResolvedValueOnce(Response.json({ job: 'one' }));
  const started = requestsTo('/import').start(1, 9);
  await vi.advanceTimersByTimeAsync(4999);
  expect(answer).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5001);
  expect(await started).toBe('one');
});

it('tells the person when it stays busy', async () => {
  answer.mockImplementation(async () => busy());
  const started = requestsTo('/import')
    .start(1, 9)
    .catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await started).toBe('The database is busy.');
  expect(answer).toHaveBeenCalledTimes(10);
});

it('waits no longer when the person gives up', async () => {
  answer.mockImplementation(async () => busy());
  const over = new AbortController();
  const part = { name: 'a', lines: true, firstLine: 1, bytes: 1, last: true, data: new Uint8Array() };
  const sent = requestsTo('/import')
    .send('job', part as never, over.signal)
    .catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(1000);
  over.abort(new Error('given up'));
  expect(await sent).toBe('given up');
});
