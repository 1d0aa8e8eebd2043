/** Adds a sandbox for generated patients beside the shipped one, and a token that reads all of it. */
import type { KeyObject } from 'node:crypto';
import { Client } from 'pg';
import { serviceForm } from './clients.ts';
import { post } from './http.ts';
import type { Tokens } from './launch.ts';

const slug = 'scale';

export interface ScaleSandbox {
  id: number;
  /** FHIR base URL. */
  base: string;
  /** The Authorization header of a backend service with `system/*.cruds`. */
  authorization: string;
}

/** Creates the sandbox with the bench's backend service, and a token that lasts as long as the bench. */
export async function makeScaleSandbox(url: string, origin: string, key: KeyObject): Promise<ScaleSandbox> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO sandbox (slug, name) VALUES ('${slug}', 'Scale') RETURNING id`,
  );
  const id = rows[0]?.id ?? 0;
  await client.query(
    `INSERT INTO client (sandbox_id, client_id, name, redirect_uris, scope, type, jwks, trusted, updated_at, access_token_lifetime)
      SELECT $1, client_id, name, redirect_uris, 'system/*.cruds', type, jwks, trusted, now(), 86400
      FROM client WHERE client_id = 'bench_service'`,
    [id],
  );
  await client.end();
  const endpoint = `${origin}/${slug}/oauth/token`;
  const tokens = JSON.parse(await post(endpoint, serviceForm(endpoint, key, 'system/*.cruds'))) as Tokens;
  return { id, base: `${origin}/${slug}/fhir`, authorization: `Bearer ${tokens.access_token}` };
}
