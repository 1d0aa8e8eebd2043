import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sandboxFileSchema } from './json-schema.ts';

it('is published in its present form: run `npm run schema` after a change', () => {
  expect(readFileSync('public/schema/sandbox.schema.json', 'utf8')).toBe(sandboxFileSchema());
});
