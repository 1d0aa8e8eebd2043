import { BlockList, isIP } from 'node:net';

/** Tells whether an address is that of a proxy whose word is believed. */
export type Trusts = (address: string) => boolean;

/** Makes the judge of `proxies`: addresses such as `127.0.0.1`, and ranges such as `10.0.0.0/8`. */
export function trusting(proxies: readonly string[]): Trusts {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return (address) => list.check(address, familyOf(address));
}

/**
 * The address from which a request came: that of the connection's other end or, where that is a trusted proxy, the last
 * one in `X-Forwarded-For` that no trusted proxy has. What stands before it was written by whoever sent the request.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, trusts: Trusts): string {
  let client = plain(peer ?? '');
  for (const claimed of (forwardedFor ?? '').split(',').reverse()) {
    const address = plain(claimed.trim());
    if (!isIP(client) || !trusts(client) || !isIP(address)) break;
    client = address;
  }
  return client;
}

/** An address without the port that some proxies add, and without IPv6's mark for an IPv4 address. */
function plain(address: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(address) ?? [];
  const [, beforePort] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return (inBrackets ?? beforePort ?? address).replace(/^::ffff:(?=[\d.]+$)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
