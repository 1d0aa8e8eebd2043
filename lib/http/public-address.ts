import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address belongs to a host on the public internet. Loopback, private, link-local, multicast and reserved
 * ranges do not, nor do IPv6 addresses that stand for an IPv4 one: whatever they are translated to was not looked at.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast';
}
