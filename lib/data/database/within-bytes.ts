import { type Sql, sql } from './sql.ts';

/** A row of a page; its content is missing when the page had enough bytes before. */
interface MeasuredRow {
  content: string | null;
}

/**
 * A page of rows with a column `content`, of which those after the first `maxBytes` come without their content, so that
 * neither the database nor this process holds a page of any length. Lengths are known without reading the contents.
 * @param columns the other columns of the page
 */
export function withinBytes(page: Sql, columns: Sql, maxBytes: number): Sql {
  return sql`SELECT ${columns}, CASE WHEN before < ${maxBytes}::bigint THEN content END AS content FROM (
      SELECT page.*, sum(octet_length(content)) OVER (ROWS UNBOUNDED PRECEDING) - octet_length(content) AS before
      FROM (${page}) AS page) AS measured`;
}

/** The first rows of a page, up to the first that came without its content. */
export function rowsWithin<Row extends MeasuredRow>(rows: Row[]): (Row & { content: string })[] {
  const hasContent = (row: Row): row is Row & { content: string } => row.content !== null;
  const end = rows.findIndex((row) => !hasContent(row));
  return (end < 0 ? rows : rows.slice(0, end)).filter(hasContent);
}
