/** Where a launch comes from: the EHR's own pages, a saved scenario, a system that holds a token, the card of a CDS service. */
export const launchOrigins = ['ui', 'scenario', 'api', 'cds'] as const;
export type LaunchOrigin = (typeof launchOrigins)[number];

/** The origin that a stored text names. */
export function readLaunchOrigin(text: string): LaunchOrigin {
  return launchOrigins.find((origin) => origin === text) ?? 'api';
}
