import { query, sql } from '../sql.ts';

/** Those of the migrations that the database does not have, or has begun without coming to their end. */
export async function missingMigrations(names: string[]): Promise<string[]> {
  const applied = await query<{ name: string }>(
    sql`SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const has = new Set(applied.map(({ name }) => name));
  return names.filter((name) => !has.has(name));
}
