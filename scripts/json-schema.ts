/** `npm run schema`: publishes the JSON Schema of sandbox files; to be run after a change of their rules. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { sandboxFileSchema } from '#lib/sandbox-file/schema/json-schema.ts';

mkdirSync('public/schema', { recursive: true });
writeFileSync('public/schema/sandbox.schema.json', sandboxFileSchema());
