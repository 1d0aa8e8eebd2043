import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Bundle, Resource } from 'fhir/r4';
import { inTurns } from '#lib/work/in-turns.ts';
import { generateSandboxData } from '#prisma/seed/generate.ts';
import type { Population } from '#prisma/seed/patient-record.ts';
import { eachResourceOfBundle, type FoundResource, resourcesOfBundle } from './bundle-resources.ts';
import { parseJson, parseLongJson } from './parse-json.ts';
import type { Problem } from './problem.ts';
import type { DataSource, SandboxFile } from './schema/schema.ts';
import { filesOf, type SourcePlace } from './source-files.ts';

type InlineSource = Extract<DataSource, { resources: unknown }>;

/** Resources of one data file, Bundle or line; small enough to hold, as a Synthea file covers one patient. */
export interface DataChunk {
  /** Name of the file, for messages. */
  file: string;
  resources: FoundResource[];
  problems: Problem[];
}

/** The sandbox file that names a source of data, which paths are relative to. */
export interface SourceContext extends SourcePlace {
  /** The moment around which generated data is laid. */
  now: Date;
}

/** Reads the data of a sandbox file chunk by chunk, so that memory does not grow with it. */
export async function* readData(
  { data }: Pick<SandboxFile, 'data'>,
  context: SourceContext,
): AsyncGenerator<DataChunk> {
  for (const source of data) yield* readSource(source, context);
}

/** Reads the chunks of one source. @param from number of chunks of generated data to skip */
export async function* readSource(source: DataSource, context: SourceContext, from = 0): AsyncGenerator<DataChunk> {
  if (typeof source !== 'string') {
    if ('generate' in source) yield* generated({ ...source.generate, now: context.now }, from);
    else yield* inline(source, context);
    return;
  }
  for (const path of filesOf(source, context)) {
    const file = relative(process.cwd(), path);
    if (/\.(ndjson|jsonl)$/.test(path)) yield* readLines(path, file);
    else yield await readWhole(path, file);
  }
}

async function* generated(population: Population, from: number): AsyncGenerator<DataChunk> {
  for await (const bundle of inTurns(generateSandboxData(population, from))) {
    yield { file: 'generated data', resources: resourcesOfBundle(bundle), problems: [] };
  }
}

async function* inline({ resources }: InlineSource, { sandboxFile }: SourceContext): AsyncGenerator<DataChunk> {
  for await (const [index, resource] of inTurns(resources.entries())) {
    // What is read is changed later, and the file must stay as it is. The resources of a Bundle are copies anyway.
    const own = resource.resourceType === 'Bundle' ? resource : structuredClone(resource);
    yield chunkOf(own, sandboxFile, `resources[${index}]`);
  }
}

async function readWhole(path: string, file: string): Promise<DataChunk> {
  const parsed = await parseLongJson(await readFile(path, 'utf8'), file);
  return 'problem' in parsed ? { file, resources: [], problems: [parsed.problem] } : chunkOf(parsed.value, file, '$');
}

async function* readLines(path: string, file: string): AsyncGenerator<DataChunk> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++;
    if (!text.trim()) continue;
    const parsed = parseJson(text, file);
    if ('value' in parsed) yield chunkOf(parsed.value, file, `line ${line}`);
    else yield { file, resources: [], problems: [{ ...parsed.problem, path: `line ${line}` }] };
  }
}

async function chunkOf(value: unknown, file: string, path: string): Promise<DataChunk> {
  const resourceType = (value as Partial<Resource> | null)?.resourceType;
  if (typeof resourceType !== 'string') {
    const reason = 'is neither a FHIR resource nor a Bundle: it has no resourceType';
    return { file, resources: [], problems: [{ file, path, reason }] };
  }
  if (resourceType === 'Bundle') {
    const resources: FoundResource[] = [];
    for await (const found of inTurns(eachResourceOfBundle(value as Bundle, path))) resources.push(found);
    return { file, resources, problems: [] };
  }
  const resource = value as Resource;
  const reason = resource.id ? undefined : 'has no id';
  return { file, resources: [{ path, resource, reason }], problems: [] };
}
