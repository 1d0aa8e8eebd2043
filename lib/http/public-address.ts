import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address belongs to the public internet. Loopback, private, link-local, multicast and reserved ranges do
 * not, and neither do IPv6 addresses that embed an IPv4 one, since the address they translate to is not checked.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (!(parsed instanceof ipaddr.IPv6) || isAllocated(parsed));
}

/** Only 2000::/3 is allocated, and there no interface of ISATAP, which holds an IPv4 address. */
function isAllocated({ parts }: ipaddr.IPv6): boolean {
  const [first = 0, , , , fourth = 0, fifth] = parts;
  return first >> 13 === 1 && !((fourth & 0xfdff) === 0 && fifth === 0x5efe);
}
