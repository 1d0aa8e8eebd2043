/** Writes the FHIR definitions that the server reads into the folder named by the argument, one file for each part. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { parts } from '#lib/fhir/definition/prebuilt.ts';
import { prebuild } from './prebuild.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Name the folder to write into.');
mkdirSync(folder, { recursive: true });
const content = prebuild();
for (const part of parts) writeFileSync(join(folder, `${part}.bin`), serialize(content[part]));
