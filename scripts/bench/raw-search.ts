/** Compares a search over HTTP with its SQL, sent directly through `pg`. */
import { Pool } from 'pg';
import { connection, disconnect } from '#lib/data/database/database.ts';
import type { Statement } from '#lib/data/database/driver/driver.ts';
import { searchResources } from '#lib/data/search/search.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { seriesScenario, spread } from './growth-scenarios.ts';
import { get } from './http.ts';
import { type Figure, type Load, measure } from './measure.ts';
import { patientId, seriesOf } from './population.ts';
import type { ScaleSandbox } from './scale-sandbox.ts';

/** Times of the search over HTTP, of the server's own SQL, and of the simplest SQL with the same result. */
export interface RawFigures {
  patients: number;
  concurrency: number;
  http: Figure;
  own: Figure;
  least: Figure;
}

const leastSql = `SELECT r.content FROM reference_index p
    JOIN token_index c ON c.resource_key = p.resource_key AND c.parameter = 'code' AND c.code = $3 AND c.system = $4
    JOIN resource r ON r.key = p.resource_key
  WHERE p.sandbox_id = $1 AND p.resource_type = 'Observation' AND p.parameter = 'patient'
    AND p.target_id = $2 AND p.target_type = 'Patient'
  ORDER BY r.key LIMIT 101`;

/** Measures all three, first one search at a time, then as many at once as `load` says. */
export async function measureRaw(
  url: string,
  sandbox: ScaleSandbox,
  patients: number,
  load: Load,
): Promise<RawFigures[]> {
  const alone = await measureBeside(url, sandbox, patients, { ...load, concurrency: 1 });
  return [alone, await measureBeside(url, sandbox, patients, load)];
}

async function measureBeside(
  url: string,
  { id, base, authorization }: ScaleSandbox,
  patients: number,
  { concurrency, seconds }: Load,
): Promise<RawFigures> {
  const pool = new Pool({ connectionString: url, max: concurrency });
  const next = spread(patients);
  const load = { concurrency, seconds };
  const [{ text, values }] = [await ownStatement(url, id, 1)];
  const valuesFor = (number: number) =>
    values.map((value) =>
      replaced(value, [patientId(1), patientId(number)], [seriesOf(1).code, seriesOf(number).code]),
    );
  const all = async (rows: Promise<{ rows: unknown[] }>) => {
    if ((await rows).rows.length !== 20) throw new Error('The raw SQL finds something else.');
  };
  const http = await measure(
    'over HTTP',
    async () => void (await get(`${base}/${seriesScenario.path(next())}`, { authorization })),
    load,
  );
  const own = await measure('its SQL through pg', () => all(pool.query(text, valuesFor(next()))), load);
  const leastValues = (number: number) => [id, patientId(number), seriesOf(number).code, 'http://loinc.org'];
  const least = await measure('the least SQL through pg', () => all(pool.query(leastSql, leastValues(next()))), load);
  await pool.end();
  return { patients, concurrency, http, own, least };
}

/** The statement that the server itself sends for the search of patient `number`. */
async function ownStatement(url: string, sandboxId: number, number: number): Promise<Statement> {
  process.env.DATABASE_URL = url;
  const { driver } = connection();
  const sent: Statement[] = [];
  const send = driver.send.bind(driver);
  driver.send = (statement) => {
    sent.push(statement);
    return send(statement);
  };
  const [, query = ''] = seriesScenario.path(number).split('?');
  const request = parseSearch('Observation', [...new URLSearchParams(query)]);
  await searchResources({ sandboxId, permission: { scopes: resourceScopes('system/*.rs') } }, request);
  await disconnect();
  const [first] = sent;
  if (!first || sent.length > 1) throw new Error(`The search came to ${sent.length} statements.`);
  return first;
}

function replaced(value: unknown, ...pairs: [from: string, to: string][]): unknown {
  return pairs.find(([from]) => value === from)?.[1] ?? value;
}
