import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize } from 'node:v8';
import { type InternalTypeSchema, parseStructureDefinition } from '@medplum/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parts, readPrebuilt } from '#lib/fhir/definition/prebuilt.ts';
import type { Profile } from '#lib/fhir/validation/profiles.ts';
import { resourcesIn } from './package-file.ts';
import { definitionsIn, profileFiles, typeFiles } from './prebuild.ts';

describe('what the server reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-definitions-'));

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['scripts/definitions/write.ts', folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(parts)('is what the definitions package comes to today: %s', (part) => {
    expect(readPrebuilt(part)).toEqual(deserialize(readFileSync(join(folder, `${part}.bin`))));
  });
});

type Definition = Parameters<typeof parseStructureDefinition>[0];

describe('pruning leaves what is read of the whole schema', () => {
  const types = readPrebuilt<Record<string, InternalTypeSchema>>('types');
  const profiles = new Map(readPrebuilt<Profile[]>('profiles').map(({ url, schema }) => [url, schema]));
  const specializations = typeFiles.flatMap((file) =>
    resourcesIn<Definition>(file).filter(({ resourceType }) => resourceType === 'StructureDefinition'),
  );

  it('of every type', () => {
    expect(specializations.length).toBeGreaterThan(200);
    for (const definition of specializations) {
      const whole = parseStructureDefinition(definition);
      const name = definition.type === 'Quantity' ? definition.name : definition.type;
      expect(readParts(types[name]), name).toEqual(readParts(whole));
      for (const inner of whole.innerTypes) expect(readParts(types[inner.name]), inner.name).toEqual(readParts(inner));
    }
  });

  it('of every profile', () => {
    const definitions = profileFiles.flatMap(definitionsIn);
    expect(profiles.size).toBe(new Set(definitions.map(({ url }) => url)).size);
    for (const definition of definitions) {
      const { kind: _, ...whole } = parseStructureDefinition(definition as Definition);
      expect(readParts(profiles.get(definition.url)), definition.url).toEqual(readParts(whole));
    }
  });
});

const unread = ['description', 'definition', 'title', 'url', 'version', 'parentType'];

/** A schema as plain lists, in its order, without the members that neither validation nor indexing reads. */
function readParts(schema: InternalTypeSchema | undefined): unknown {
  return JSON.parse(JSON.stringify(schema, readPart) ?? 'null');
}

function readPart(key: string, value: unknown): unknown {
  if (unread.includes(key) || value === undefined) return undefined;
  if (value instanceof Set) return [...value];
  if (value === Number.POSITIVE_INFINITY) return '*';
  const read = readers.get(key);
  return read ? read(value) : value;
}

/** Readers of members whose content is not a schema, but names of elements, specified words or values. */
const readers = new Map<string, (value: unknown) => unknown>([
  ['elements', (elements) => Object.entries(elements as object)],
  ['constraints', (all) => (all as Obliging[]).filter(isError).map((one) => JSON.stringify(Object.values(one)))],
  ['binding', (binding) => (isRequired(binding as Obliging) ? (binding as Obliging).valueSet : undefined)],
  ['fixed', (value) => JSON.stringify(value)],
  ['pattern', (value) => JSON.stringify(value)],
]);

interface Obliging {
  severity?: string;
  strength?: string;
  valueSet?: string;
}

const isError = ({ severity }: Obliging) => severity === 'error';
const isRequired = ({ strength }: Obliging) => strength === 'required';
