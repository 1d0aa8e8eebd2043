import ipaddr from 'ipaddr.js';

/**
 * The network that an address counts as, for limits: an IPv4 address itself, of an IPv6 address its first 64 bits,
 * within which one host has as many addresses as it likes. Undefined for an address that tells nobody apart: that of
 * this machine, which is also what a proxy on it has.
 */
export function networkOf(address: string | undefined): string | undefined {
  if (!address || !ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'loopback') return undefined;
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
