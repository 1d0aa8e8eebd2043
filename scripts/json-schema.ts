/** Publishes the JSON Schema of sandbox files: `npm run schema`, after a change of its rules. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { sandboxFileSchema } from '#lib/sandbox-file/json-schema.ts';

mkdirSync('public/schema', { recursive: true });
writeFileSync('public/schema/sandbox.schema.json', sandboxFileSchema());
