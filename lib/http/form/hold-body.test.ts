import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { currentRequest, duringRequest } from '#lib/log/request-notes.ts';
import { holdBody } from './hold-body.ts';

it('goes on as the work that asked for the body, wherever the last of it comes from', async () => {
  const request = new IncomingMessage(new Socket());
  const told = Promise.withResolvers<string | undefined>();
  duringRequest({ id: 'r-1' }, () => holdBody(request, 10, () => told.resolve(currentRequest()?.id)));
  request.push(Buffer.from('a'));
  request.push(null);
  expect(await told.promise).toBe('r-1');
});
