import { expect, it } from 'vitest';
import { SandboxName } from './name.ts';

it.each([
  ['  Bergen hospital ', 'Bergen hospital'],
  ['x'.repeat(100), 'x'.repeat(100)],
  ['   ', undefined],
  ['x'.repeat(101), undefined],
  ['two\nlines', undefined],
])('%j is read as %j', (sent, read) => {
  expect(SandboxName.safeParse(sent).data).toBe(read);
});
