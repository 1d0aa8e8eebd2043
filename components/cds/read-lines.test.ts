import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

test('lines come out whole, however the stream cuts them', async () => {
  const bytes = new TextEncoder().encode('{"asked":[{"id":"1","title":"Bilirübin"}]}\n{"service":"1","problem":"x"}\n');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  const lines = [];
  for await (const line of readLines(body)) lines.push(line);
  expect(lines).toEqual([{ asked: [{ id: '1', title: 'Bilirübin' }] }, { service: '1', problem: 'x' }]);
});
