import ipaddr from 'ipaddr.js';

/**
 * The network that an address counts as, for limits: an IPv4 address itself, of an IPv6 address its first 64 bits,
 * within which one host has as many addresses as it likes. Undefined for an address that tells nobody apart: that of
 * this machine, which is also what a proxy on it has.
 */
export function networkOf(address: string | undefined): string | undefined {
  const parsed = parse(address);
  if (parsed instanceof ipaddr.IPv6) return prefixOf(parsed, 64);
  return parsed?.toString();
}

/** The network around that of `networkOf`, which one customer may have as a whole: 24 bits of IPv4, 48 of IPv6. */
export function widerNetworkOf(address: string | undefined): string | undefined {
  const parsed = parse(address);
  if (parsed instanceof ipaddr.IPv6) return prefixOf(parsed, 48);
  return parsed && `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/24`).toString()}/24`;
}

function parse(address: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!address || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'loopback' ? undefined : parsed;
}

function prefixOf(address: ipaddr.IPv6, bits: number): string {
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`;
}
