import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';

/** A data file, or part of one, that was imported. */
export interface ImportedPart {
  digest: string;
  file: string;
  place: string;
  /** Bytes. */
  size: number;
  resources: number;
}

/** The digests of those parts that the sandbox has already imported. */
export async function findImported(sandboxId: number, digests: string[]): Promise<Set<string>> {
  const rows = await database().importedPart.findMany({
    where: { sandboxId, digest: { in: digests } },
    select: { digest: true },
  });
  return new Set(rows.map(({ digest }) => digest));
}

/**
 * Records that a part is imported, in the transaction that writes its resources. Another import of the same part waits
 * here until that transaction ends.
 * @returns false when the part was already imported.
 */
export async function noteImported(sandboxId: number, part: ImportedPart): Promise<boolean> {
  requireTransaction();
  const { digest, file, place, size, resources } = part;
  const noted = await query(
    sql`INSERT INTO imported_part (sandbox_id, digest, file, place, size, resources)
      VALUES (${sandboxId}::int, ${digest}, ${file}, ${place}, ${size}::int, ${resources}::int)
      ON CONFLICT DO NOTHING RETURNING digest`,
  );
  return noted.length > 0;
}
