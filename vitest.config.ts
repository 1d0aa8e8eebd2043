import { defineConfig } from 'vitest/config';

const everywhere = '{app,components,lib,prisma,scripts}/**/*';
const patience = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Database tests (`*.db.test.ts`) run twice: on the embedded database, and on a real PostgreSQL server. */
function onDatabase(name: 'pglite' | 'postgres') {
  return {
    test: {
      ...patience,
      name,
      include: [`${everywhere}.db.test.{ts,tsx}`],
      globalSetup: ['scripts/prepare-tests.ts', `scripts/database-tests/${name}.ts`],
      setupFiles: ['scripts/database-tests/connect.ts'],
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...patience,
          name: 'unit',
          include: [`${everywhere}.test.{ts,tsx}`],
          exclude: ['**/*.db.test.*', '**/node_modules/**'],
          globalSetup: ['scripts/prepare-tests.ts'],
        },
      },
      onDatabase('pglite'),
      onDatabase('postgres'),
    ],
  },
});
