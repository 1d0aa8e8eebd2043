import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations of `folder` that the database does not have yet, as `prisma migrate deploy` would.
 * Prisma's native schema engine is a download; its WebAssembly build does the same in this process.
 * @returns the names of the migrations applied.
 * @throws Error when a migration fails; the database then says which, in `_prisma_migrations`.
 */
export async function applyMigrations(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  folder = join(process.cwd(), 'prisma/migrations'),
): Promise<string[]> {
  return withEngine(adapter, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: readMigrations(folder), filters });
    return appliedMigrationNames;
  });
}

/** The SQL that turns a database with the migrations of `folder` applied into what `schema` (Prisma schema text) says. */
export async function diffSchema(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: string,
  folder = join(process.cwd(), 'prisma/migrations'),
): Promise<string> {
  return withEngine(adapter, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(folder) },
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

/** The engine keeps its connection, and with it the advisory lock that other processes wait for: it is closed here. */
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

// The engine's glue is one module per process, though this file may be loaded more than once: a second instance would
// take the first one's memory from under it.
const shared = globalThis as typeof globalThis & { [key: symbol]: boolean | undefined };
const key = Symbol.for('ehr-sandbox.schema-engine');

function instantiate(): void {
  if (shared[key]) return;
  shared[key] = true;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new WebAssembly.Module(readFileSync(entry.replace(/\.js$/, '.wasm')));
  const instance = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': engineModule } as WebAssembly.Imports);
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

function readMigrations(folder: string) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
  };
}
