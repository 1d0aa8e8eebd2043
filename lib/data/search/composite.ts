import { compositeName, compositeStart } from '#lib/fhir/index/composite.ts';
import type { TokenValue } from '#lib/fhir/search/value.ts';
import { type Sql, sql } from '../database/sql.ts';

/** SQL that holds for the index rows of this composite parameter with that code, which is part of their name. */
export function compositeNamed(parameter: string, { system, code }: TokenValue): Sql {
  if (code === undefined) {
    const end = `|${system}`;
    return sql`(starts_with(i.parameter, ${`${parameter}$`}) AND right(i.parameter, char_length(${end})) = ${end})`;
  }
  if (system === undefined) return sql`starts_with(i.parameter, ${compositeStart(parameter, code)})`;
  return sql`i.parameter = ${compositeName(parameter, { system, code })}`;
}
