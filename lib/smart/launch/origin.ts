/**
 * The origins of launches: the EHR's own pages, a saved scenario, a system that holds a token, a card of a CDS service.
 */
export const launchOrigins = ['ui', 'scenario', 'api', 'cds'] as const;
export type LaunchOrigin = (typeof launchOrigins)[number];

/** Reads a stored text as an origin. */
export function readLaunchOrigin(text: string): LaunchOrigin {
  return launchOrigins.find((origin) => origin === text) ?? 'api';
}
