/**
 * The second half of `npm start`, once packages are installed: generate, build, migrate, load sandboxes, serve, index
 * again.
 */
import { env } from '#lib/env.ts';
import { endAtOnce } from '#scripts/ending/before-serving.ts';
import { readArguments } from '#scripts/machine/arguments.ts';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';

endAtOnce();

const usage = `npm start                          serve, loading the sandbox "demo" on the first start
npm start -- --sandbox FILE …      load or update sandboxes from files first; a file that cannot be loaded is told,
                                   and the rest is served
           … --outside-data        let these files name data files outside of their own folders
           … --built               serve what was generated and built before, as a container does: nothing is written
                                   but the data
npm run dev                        the same with reloading of changed sources

Environment: PORT (3000), HOST (loopback, where it listens), PUBLIC_URL (the origin browsers use), DATABASE_URL
(a PostgreSQL server instead of the embedded one), DATA_DIR (.data, where the embedded database lives).`;

const { values } = readArguments(usage, {
  options: {
    sandbox: { type: 'string', multiple: true },
    'outside-data': { type: 'boolean' },
    dev: { type: 'boolean' },
    built: { type: 'boolean' },
  },
});

try {
  // Settings that cannot be read are told before anything is built.
  env();
  if (!values.built) await ensureGenerated();
  if (!values.built && !values.dev) await ensureBuilt();
  // Imported only now, as these import generated code.
  const { prepareDatabase } = await import('#scripts/database.ts');
  const { listen } = await import('#scripts/listen.ts');
  const { reindexSandboxes } = await import('#scripts/reindex.ts');
  const files = { files: values.sandbox ?? [], outside: values['outside-data'] ?? false };
  await listen({ dev: values.dev ?? false, prepared: await prepareDatabase(files) });
  await reindexSandboxes();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  if (process.env.DEBUG) console.error(error);
  process.exit(1);
}
