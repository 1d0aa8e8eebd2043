/**
 * Bounds the pages that reads and searches touch in a sandbox of a thousand patients; a plan that scans tables exceeds
 * them.
 */
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connection, database } from '#lib/data/database/database.ts';
import type { Statement } from '#lib/data/database/driver/driver.ts';
import { query, sql } from '#lib/data/database/sql.ts';
import { findHistory } from '#lib/data/resource/history.ts';
import { readCurrent } from '#lib/data/resource/resources.ts';
import { searchResources } from '#lib/data/search/search.ts';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { loadPatients } from './load-patients.ts';
import { patientId, seriesOf } from './population.ts';

const provided = inject('database');
const patients = 1000;
const [number, patient] = [500, patientId(500)];
const series = `patient=${patient}&code=http://loinc.org|${seriesOf(number).code}`;
const system: Permission = { scopes: resourceScopes('system/*.rs') };
const own: Permission = { scopes: resourceScopes('patient/*.rs'), patient };
const laboratory: Permission = { scopes: resourceScopes('patient/Observation.rs?category=laboratory'), patient };

let sandboxId = 0;
let keepingPlans: Client;
const sent: Statement[] = [];

const search = (type: string, text: string, permission = system) =>
  searchResources({ sandboxId, permission }, parseSearch(type, [...new URLSearchParams(text)]));

describe.runIf(provided.kind === 'postgres')('at most so many pages are touched by', () => {
  beforeAll(async () => {
    const makeSandbox = (slug: string) => database().sandbox.create({ data: { slug, name: slug } });
    const [neighbour, sandbox] = [await makeSandbox('neighbour'), await makeSandbox('large')];
    sandboxId = sandbox.id;
    const [{ name = '' } = {}] = await query<{ name: string }>(sql`SELECT current_database() AS name`);
    const url = new URL(`/${name}`, provided.kind === 'postgres' ? provided.server : '').href;
    await loadPatients(url, neighbour.id, 0, 50);
    await loadPatients(url, sandboxId, 0, patients);
    keepingPlans = new Client({ connectionString: url, options: '-c plan_cache_mode=force_generic_plan' });
    await keepingPlans.connect();
    const { driver } = connection();
    const send = driver.send.bind(driver);
    driver.send = (statement) => {
      sent.push(statement);
      return send(statement);
    };
  }, 120_000);

  afterAll(() => keepingPlans.end());

  it.each<[max: number, what: string, ask: () => Promise<unknown>]>([
    [10, 'a read', () => readCurrent({ sandboxId, permission: system }, 'Patient', patient)],
    [20, "a read with a patient's token", () => readCurrent({ sandboxId, permission: own }, 'Patient', patient)],
    [500, "a patient's Observations by code", () => search('Observation', series)],
    [500, "the same with a patient's token", () => search('Observation', series, own)],
    [800, 'the same with a granular scope', () => search('Observation', series, laboratory)],
    [500, 'the same with a value', () => search('Observation', `${series}&value-quantity=ge1`)],
    [
      800,
      "all of a patient's Observations, the newest first",
      () => search('Observation', `patient=${patient}&_sort=-date`),
    ],
    [900, 'a series by date', () => search('Observation', `${series}&date=ge2021&_sort=-date`)],
    [100, 'a search by name', () => search('Patient', 'name=m&_count=10')],
    [30, 'a search by identifier', () => search('Patient', `identifier=urn:bench:mrn|MRN-${number}`)],
    [
      300,
      'a search by code in the whole sandbox',
      () => search('Observation', `code=http://loinc.org|${seriesOf(1).code}&_count=10`),
    ],
    [300, 'a _revinclude', () => search('Patient', `_id=${patient}&_revinclude=Observation:patient`)],
    [300, 'a chain', () => search('Observation', `patient.identifier=MRN-${number}`)],
    [300, 'the newest', () => search('Observation', '_sort=-_lastUpdated&_count=10')],
    [
      100,
      'a history of the system',
      () => findHistory({ sandboxId, permission: system }, { resourceTypes: resourceTypes(), count: 10 }),
    ],
    [
      100,
      'a history of a type',
      () => findHistory({ sandboxId, permission: system }, { resourceTypes: ['Condition'], count: 10 }),
    ],
  ])('%i: %s', async (max, _, ask) => {
    sent.length = 0;
    await ask();
    let pages = 0;
    for (const statement of sent.splice(0)) pages += await pagesOf(statement);
    expect(pages).toBeLessThanOrEqual(max);
    expect(pages).toBeGreaterThan(0);
  });
});

interface Explained {
  'QUERY PLAN': [{ Plan: Record<string, number> }];
}

/** Pages touched by a statement; if its plan may be cached, by a generic plan, made for no values in particular. */
async function pagesOf({ text, values, prepared }: Statement): Promise<number> {
  const explain = 'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)';
  const rows = prepared
    ? await explainKept(text, values, explain)
    : (await connection().driver.send<Explained>({ text: `${explain} ${text}`, values, prepared })).rows;
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
}

async function explainKept(text: string, values: unknown[], explain: string): Promise<Explained[]> {
  const literals = values.map((value) => {
    const array = Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join()}}` : String(value);
    return keepingPlans.escapeLiteral(array);
  });
  await keepingPlans.query(`PREPARE kept AS ${text}`);
  const execute = `EXECUTE kept(${literals.join(', ')})`;
  // The first execution also loads system catalogs.
  await keepingPlans.query(execute);
  const { rows } = await keepingPlans.query(`${explain} ${execute}`);
  await keepingPlans.query('DEALLOCATE kept');
  return rows;
}
