import { FhirError, invalid, quote } from '#lib/fhir/fhir-error.ts';
import { operations } from '../operation/operations.ts';
import type { Interaction } from '../request/interaction.ts';
import type { Method, Operation } from '../request/operation.ts';
import { type Route, routesOf } from './routes.ts';

/** The methods that the FHIR server supports at some URL. */
export const fhirMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Reads the interaction that a request asks for from its method and its path below the FHIR base.
 * @throws FhirError 404 for a path unknown to FHIR, 400 for one that is not properly encoded.
 * @see https://hl7.org/fhir/R4/http.html#summary
 */
export const readInteraction = interactionReader(operations);

/** Makes the reader of interactions for a FHIR server with these operations. */
export function interactionReader(known: readonly Operation[]): (method: string, path: string) => Interaction {
  const routes = routesOf(known);
  return (method, path) => {
    const text = decode(path).replace(/^\/+|\/+$/g, '');
    const route = routes.find((one) => one.path.test(text));
    if (!route) throw new FhirError(404, 'not-found', `There is nothing at ${quote(`/${text}`)} on this FHIR server.`);
    return interactionAt(route, method, text);
  };
}

function interactionAt(route: Route, method: string, path: string): Interaction {
  const kind = kindOf(route, method);
  if (kind === 'unsupported') return { kind, allow: Object.keys(route.methods) };
  const named = { ...route.path.exec(path)?.groups };
  const { operation } = route;
  if (operation) return { kind: 'operation', operation, ...named };
  if (kind.startsWith('search')) return { kind, ...named, inBody: method === 'POST' } as Interaction;
  return { kind, ...named } as Interaction;
}

/** Tells whether a path below the FHIR base is that of a discovery document, which is public. */
export function isDiscovery(path: string): boolean {
  return /^\/*(metadata|\.well-known\/smart-configuration)\/*$/.test(path);
}

function kindOf({ methods }: Route, method: string): Interaction['kind'] {
  const name = method === 'HEAD' ? 'GET' : method;
  return (Object.hasOwn(methods, name) ? methods[name as Method] : undefined) ?? 'unsupported';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('The path of the request is not properly percent-encoded.');
  }
}
