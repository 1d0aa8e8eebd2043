/** Prints the addresses and accounts when `npm start` has started to serve. */
import { env, fhirBaseOf } from '#lib/env.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { describeHosts } from '#scripts/hosts.ts';

export interface LoadedSandbox {
  slug: string;
  name: string;
  /** Passwords are present only for shipped accounts that have their published ones, on a server of this machine alone. */
  accounts: { username: string; role: string; password?: string | undefined }[];
}

/** What was prepared to be served, and the sandbox files that were not loaded. */
export interface Announced {
  sandboxes: LoadedSandbox[];
  refused: string[];
}

export function announce({ sandboxes, refused }: Announced): void {
  const lines = [`\nThe EHR sandbox is at ${env().origin}`, ...bundledApps(), ...listening(), ''];
  for (const { slug, name, accounts } of sandboxes) {
    lines.push(name, ...addressesOf(slug));
    for (const { username, role, password } of accounts) {
      lines.push(`  ${role.padEnd(11)} ${username}${password ? ` / ${password}` : ''}`);
    }
    lines.push('');
  }
  if (refused.length > 0) lines.push(`Not loaded, for the reasons told above: ${refused.join(', ')}\n`);
  lines.push('Ctrl-C ends it.');
  console.log(lines.join('\n'));
}

function addressesOf(slug: string): string[] {
  if (isSandboxSlug(slug))
    return [`  Workspace   ${env().origin}/${slug}/patients`, `  FHIR base   ${fhirBaseOf(slug)}`];
  return [`  No address, as this server answers /${slug} itself: npm run rename-sandbox -- ${slug} NEW gives it one`];
}

function bundledApps(): string[] {
  const { samplesOrigin } = env();
  return samplesOrigin ? [`The bundled apps are at ${samplesOrigin}`] : [];
}

/** Where the server listens, for whoever sets up a proxy before it. */
function listening(): string[] {
  const { exposed, host, port } = env();
  if (!exposed) return [];
  return [`It listens on ${describeHosts(host, port)}${host ? '' : '; HOST chooses another address'}.`];
}
