import { afterEach, beforeEach, expect, it } from 'vitest';
import { logRequestError } from './request-error.ts';
import { duringRequest } from './request-notes.ts';
import { captureLog } from './tests/captured-log.ts';

let logged: ReturnType<typeof captureLog>;
beforeEach(() => {
  logged = captureLog();
});
afterEach(() => logged.end());

const request = { method: 'POST', path: '/demo?code=secret', headers: { 'x-request-id': 'r-1' } };
const place = { routePath: '/[sandbox]', routeType: 'action' };

it('tells what failed under the id of its request, without secrets and the address', () => {
  logRequestError(new Error('no luck with password=hunter2'), request, place);
  expect(logged.lines).toMatchObject([
    {
      level: 'error',
      message: 'A request failed.',
      requestId: 'r-1',
      method: 'POST',
      route: '/[sandbox]',
      kind: 'action',
    },
  ]);
  expect(logged.text()).not.toMatch(/hunter2|code=secret/);
});

it('knows the request by the work that it is called from', () => {
  duringRequest({ id: 'r-2' }, () => logRequestError('thrown', { ...request, headers: {} }, place));
  expect(logged.lines).toMatchObject([{ requestId: 'r-2', error: { message: 'thrown' } }]);
});

it('says nothing of trouble that is in the log already', () => {
  logRequestError(Object.assign(new Error('busy'), { digest: 'BUSY' }), request, place);
  expect(logged.lines).toEqual([]);
});
