import { isWebAddress } from '#lib/address/web-address.ts';

/** The addresses that an app names when it registers itself, by the member of the request. */
export interface NamedAddresses {
  redirectUris: readonly string[];
  /** The picture that people see beside its name. */
  logo: string | undefined;
  /** Pages about the app. */
  pages: Readonly<Record<string, string | undefined>>;
  /** All further addresses. */
  others: Readonly<Record<string, string | undefined>>;
}

/**
 * Refuses addresses that are not the app's own, with which it could pose as somebody else: nobody answers for an app
 * that registers itself. A logo and pages about the app are at the host of each of its redirect URIs: with one redirect
 * URI at a host of somebody else it would have their logo, and its answers elsewhere, in a native app or on the user's
 * device too.
 * @returns a sentence that begins with the member concerned; undefined when all are its own
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-5
 */
export function refuseForeignAddresses({ redirectUris, logo, pages }: NamedAddresses): string | undefined {
  const isForeign = (address: string) => redirectUris.some((uri) => hostOf(uri) !== hostOf(address));
  if (logo && (redirectUris.length === 0 || isForeign(logo))) return `logo_uri ${mustBeThere}`;
  const [page] = Object.entries(pages).find(([, address]) => address && isForeign(address)) ?? [];
  return page && `${page} ${mustBeThere}`;
}

const mustBeThere = 'must be at the host of each of redirect_uris: nobody answers for an app that registers itself';

/**
 * Refuses addresses at our own `origins`, whoever vouches for the app: what stands there is ours, or an administrator
 * has registered it. When we are at this computer, each of its names leads to us.
 */
export function refuseOurAddresses(named: NamedAddresses, origins: readonly string[]): string | undefined {
  const { redirectUris, logo, pages, others } = named;
  const ours = new Set(origins.map(placeOf));
  const lists = { redirect_uris: redirectUris, ...single({ logo_uri: logo, ...pages, ...others }) };
  const [member] = Object.entries(lists).find(([, list]) => list.some((one) => ours.has(placeOf(one)))) ?? [];
  return member && `${member} must not be at this server: only an administrator registers an app that is`;
}

function single(addresses: Record<string, string | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(addresses).map(([member, address]) => [member, address ? [address] : []]));
}

/** The host and port of a web address; '' for anything else. */
function hostOf(address: string): string {
  return isWebAddress(address) ? new URL(address).host : '';
}

/** As `hostOf`, with one name for all that lead to the same place: the dot at the end of a name, and this computer. */
function placeOf(address: string): string {
  if (hostOf(address) === '') return `nowhere: ${address}`;
  const { hostname, port } = new URL(address);
  const name = hostname.replace(/\.$/, '');
  return `${thisComputer.test(name) ? 'localhost' : name}:${port}`;
}

/** Names of loopback, and of whatever listens here, as URL writes them: it turns 127.1 and 2130706433 into 127.0.0.1. */
const thisComputer =
  /^((.+\.)?localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::(ffff:)?(7f[\da-f]{2}:[\da-f]{1,4}|0:0)\])$/;
