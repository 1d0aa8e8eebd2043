/** The origins at which this server answers, each scheme, host and port, without a trailing slash. */
export interface OwnOrigins {
  /** The EHR's, where the bundled apps are too unless they have one of their own. */
  origin: string;
  /** That of the bundled apps, where it is not the EHR's. */
  samplesOrigin?: string | undefined;
}

/** All origins at which this server answers. */
export function originsOf({ origin, samplesOrigin }: OwnOrigins): string[] {
  return samplesOrigin === undefined ? [origin] : [origin, samplesOrigin];
}

/** Tells whether a path, with or without a query, belongs to the bundled apps. */
export function isSamplesPath(path: string): boolean {
  return /^\/samples(?=[/?#]|$)/.test(path);
}

/** The full address of a path of this server. */
export function ownAddress(path: string, { origin, samplesOrigin }: OwnOrigins): string {
  return (isSamplesPath(path) ? (samplesOrigin ?? origin) : origin) + path;
}

/** The path of an address of this server, which survives a change of its origins; other addresses stay as they are. */
export function withoutOwnOrigin(address: string, { origin, samplesOrigin }: OwnOrigins): string {
  if (address.startsWith(`${origin}/`)) return address.slice(origin.length);
  const path = samplesOrigin && address.startsWith(`${samplesOrigin}/`) ? address.slice(samplesOrigin.length) : '';
  return isSamplesPath(path) ? path : address;
}
