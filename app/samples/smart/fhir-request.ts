import { FhirRequestError } from './failure.ts';
import type { Session } from './session.ts';

type Access = Pick<Session, 'fhirBase' | 'accessToken'>;

interface OperationOutcome {
  issue?: { details?: { text?: string }; diagnostics?: string; code?: string }[];
}

interface Bundle {
  entry?: { resource?: unknown; search?: { mode?: string } }[];
  link?: { relation?: string; url?: string }[];
}

/** Fetches one FHIR URL, relative to the base; anything but JSON with a 2xx status is a `FhirRequestError`. */
export async function fetchFhir(access: Access, path: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(urlWithin(access.fhirBase, path), {
    headers: { accept: 'application/fhir+json', authorization: `Bearer ${access.accessToken}` },
    cache: 'no-store',
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new FhirRequestError(0, `No answer from ${access.fhirBase}.`);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new FhirRequestError(response.status, outcomeText(body) || response.statusText);
  if (body === null) throw new FhirRequestError(response.status, 'The answer is not JSON.');
  return body;
}

/** All resources a search finds, matched and included, over all pages; OperationOutcomes in the Bundle are left out. */
export async function searchFhir(access: Access, query: string, signal?: AbortSignal): Promise<unknown[]> {
  const found: unknown[] = [];
  const seen = new Set<string>();
  let next: string | undefined = query;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const bundle = (await fetchFhir(access, next, signal)) as Bundle;
    for (const entry of bundle.entry ?? []) if (entry.search?.mode !== 'outcome') found.push(entry.resource);
    next = bundle.link?.find((link) => link.relation === 'next')?.url;
  }
  return found;
}

/** The absolute URL of `path`; throws if it leads away from the server that the token is for. */
export function urlWithin(fhirBase: string, path: string): string {
  const url = new URL(path, `${fhirBase}/`);
  if (url.origin !== new URL(fhirBase).origin) {
    throw new FhirRequestError(502, `The server pointed to ${url.origin}; the access token is not sent there.`);
  }
  return url.href;
}

/** The text of an OperationOutcome, one sentence per issue; empty for any other body. */
export function outcomeText(body: unknown): string {
  const { issue } = (body ?? {}) as OperationOutcome;
  if (!Array.isArray(issue)) return '';
  return issue
    .map(({ details, diagnostics, code }) => diagnostics ?? details?.text ?? code ?? '')
    .filter(Boolean)
    .join(' ');
}
