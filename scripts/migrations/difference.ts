/** What a Prisma schema says that the migrations do not make yet, by Prisma's own engine, which only writing migrations needs. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readMigrations } from '#lib/data/database/migration/files.ts';
import { processWide } from '#lib/work/process-wide.ts';

const filters = { externalTables: [], externalEnums: [] };

/**
 * The SQL that takes a database from the migrations of `folder` to `schema`, the text of a Prisma schema. Uses the
 * WebAssembly build of Prisma's schema engine, since the native one would have to be downloaded.
 */
export async function diffSchema(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: string,
  folder = join(process.cwd(), 'prisma/migrations'),
): Promise<string> {
  return withEngine(adapter, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...filesOf(folder) },
      to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout ?? '';
  });
}

async function withEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: engineModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiate();
  const { factory, dispose } = rememberConnections(adapter);
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await dispose();
  }
}

/** Lets us close the engine's connection, which the engine itself keeps. */
function rememberConnections(adapter: SqlMigrationAwareDriverAdapterFactory) {
  const opened: SqlDriverAdapter[] = [];
  const remember = async (connecting: Promise<SqlDriverAdapter>) => {
    const connection = await connecting;
    opened.push(connection);
    return connection;
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: () => remember(adapter.connect()),
    connectToShadowDb: () => remember(adapter.connectToShadowDb()),
  };
  return { factory, dispose: () => Promise.all(opened.map((connection) => connection.dispose())) };
}

// The engine's JavaScript is loaded once per process, this file perhaps more than once, and a second instance of the
// engine would replace the memory that the first one uses.
function instantiate(): void {
  processWide('schema-engine', startEngine);
}

function startEngine(): WebAssembly.Instance {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new WebAssembly.Module(readFileSync(entry.replace(/\.js$/, '.wasm')));
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': engineModule } as WebAssembly.Imports);
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return instance;
}

function filesOf(folder: string) {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(folder).map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
    })),
  };
}
