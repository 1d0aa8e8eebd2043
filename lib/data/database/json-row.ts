/** A row as PostgreSQL's `to_jsonb` makes it. */
export type Json = Record<string, unknown>;

/** Converts a row of JSON to the names and types of Prisma: `expires_at` becomes `expiresAt`, a Date. */
export function rowOf<Row>(json: Json): Row {
  return Object.fromEntries(
    Object.entries(json).map(([column, value]) => [nameOf(column), read(column, value)]),
  ) as Row;
}

function nameOf(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function read(column: string, value: unknown): unknown {
  return column.endsWith('_at') && typeof value === 'string' ? new Date(value) : value;
}
