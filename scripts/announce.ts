/** Prints the addresses and accounts when `npm start` has started to serve. */
import { env, fhirBaseOf } from '#lib/env.ts';
import { isLoopback } from '#lib/smart/app-address.ts';

export interface LoadedSandbox {
  slug: string;
  name: string;
  /** Passwords are present only for the shipped sandbox, whose passwords are published. */
  accounts: { username: string; role: string; password?: string }[];
}

export function announce(sandboxes: LoadedSandbox[]): void {
  const { origin } = env();
  const lines = [`\nThe EHR sandbox is at ${origin}\n`];
  for (const { slug, name, accounts } of sandboxes) {
    lines.push(`${name}`, `  Workspace   ${origin}/${slug}/patients`, `  FHIR base   ${fhirBaseOf(slug)}`);
    for (const { username, role, password } of accounts) {
      lines.push(`  ${role.padEnd(11)} ${username}${password ? ` / ${password}` : ''}`);
    }
    lines.push('');
  }
  if (
    !isLoopback(new URL(origin).hostname) &&
    sandboxes.some(({ accounts }) => accounts.some(({ password }) => password))
  ) {
    lines.push('Anyone who reaches this address can sign in with these sample accounts.\n');
  }
  lines.push('Ctrl-C ends it.');
  console.log(lines.join('\n'));
}
