import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { currentRequest, duringRequest } from '#lib/log/request-notes.ts';
import type { Refusal } from '../request-line.ts';
import { holdBody } from './hold-body.ts';

function held(limits: { length: number; all?: number; wait?: number }) {
  const request = new IncomingMessage(new Socket());
  const refused: Refusal[] = [];
  const whole: string[] = [];
  holdBody(
    request,
    limits,
    (body) => whole.push(body.toString()),
    (refusal) => refused.push(refusal),
  );
  return { request, refused, whole };
}

it('gives a body that has arrived whole', () => {
  const { request, whole, refused } = held({ length: 10 });
  request.push(Buffer.from('he'));
  request.push(Buffer.from('llo'));
  expect(whole).toEqual([]);
  request.push(null);
  expect([whole, refused]).toEqual([['hello'], []]);
});

it('refuses what finds no room beside others, and has room again when they have gone', () => {
  const limits = { length: 10, all: 8 };
  const first = held(limits);
  first.request.push(Buffer.alloc(5));
  const second = held(limits);
  second.request.push(Buffer.alloc(5));
  expect(second.refused).toMatchObject([{ status: 503 }]);
  first.request.emit('close');
  const third = held(limits);
  third.request.push(Buffer.alloc(8));
  third.request.push(null);
  expect(third.whole).toHaveLength(1);
});

it('refuses what has not arrived in time', () => {
  vi.useFakeTimers();
  const { request, refused, whole } = held({ length: 10, wait: 100 });
  request.push(Buffer.from('x'));
  vi.advanceTimersByTime(101);
  request.push(null);
  vi.useRealTimers();
  expect([refused[0]?.status, whole]).toEqual([408, []]);
});

it('goes on as the work that asked for the body, wherever the last of it comes from', async () => {
  const request = new IncomingMessage(new Socket());
  const told = Promise.withResolvers<string | undefined>();
  const tell = () => told.resolve(currentRequest()?.id);
  duringRequest({ id: 'r-1' }, () => holdBody(request, { length: 10 }, tell, tell));
  request.push(Buffer.from('a'));
  request.push(null);
  expect(await told.promise).toBe('r-1');
});
