import { boundingBox, earthRadius, radians } from '#lib/fhir/search/bounding-box.ts';
import type { NearValue } from '#lib/fhir/search/near.ts';
import { and, type Sql, sql } from '../database/sql.ts';

/** A tolerance in radians, above the rounding error of the sine; a hundredth of a millimetre on the ground. */
const rounding = 1e-12;

/**
 * SQL that holds for the positions within the distance, as the crow flies: the index finds those inside a bounding box,
 * and the haversine formula keeps those inside the circle.
 * @see https://hl7.org/fhir/R4/location.html#search
 */
export function nearCondition(near: NearValue): Sql {
  const { south, north, meridians } = boundingBox(near);
  const box = [sql`i.latitude BETWEEN ${number(south)} AND ${number(north)}`];
  if (meridians) box.push(between(meridians));
  const half = (degrees: Sql) => sql`power(sin(radians(${degrees}) / 2), 2)`;
  const haversine = sql`${half(sql`i.latitude - ${number(near.latitude)}`)}
    + cos(radians(i.latitude)) * ${number(Math.cos(radians(near.latitude)))}
      * ${half(sql`i.longitude - ${number(near.longitude)}`)}`;
  return and([...box, sql`2 * asin(sqrt(least(1, ${haversine}))) <= ${number(near.metres / earthRadius + rounding)}`]);
}

function between({ west, east }: { west: number; east: number }): Sql {
  if (west <= east) return sql`i.longitude BETWEEN ${number(west)} AND ${number(east)}`;
  return sql`(i.longitude >= ${number(west)} OR i.longitude <= ${number(east)})`;
}

function number(value: number): Sql {
  return sql`${String(value)}::text::float8`;
}
