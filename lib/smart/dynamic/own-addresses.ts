import { isLoopback } from '../app-address.ts';

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
 * that registers itself. A logo and pages about the app are at the host of each of its redirect URIs on the web: with
 * one redirect URI at a host of somebody else it would have their logo, and its answers elsewhere.
 * @returns a sentence that begins with the member concerned; undefined when all are its own
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-5
 */
export function refuseForeignAddresses({ redirectUris, logo, pages }: NamedAddresses): string | undefined {
  const hosts = hostsOf(redirectUris);
  const isForeign = (address: string) => hosts.some((host) => host !== hostOf(address));
  if (logo && (hosts.length === 0 || isForeign(logo))) return `logo_uri ${mustBeThere}`;
  const [page] = Object.entries(pages).find(([, address]) => address && isForeign(address)) ?? [];
  return page && `${page} ${mustBeThere}`;
}

const mustBeThere = 'must be at the host of each of redirect_uris: nobody answers for an app that registers itself';

/**
 * Refuses addresses at our own `origins`, whoever vouches for the app: what stands there is ours, or an administrator
 * has registered it.
 */
export function refuseOurAddresses(named: NamedAddresses, origins: readonly string[]): string | undefined {
  const { redirectUris, logo, pages, others } = named;
  const ours = origins.map(hostOf);
  const lists = { redirect_uris: redirectUris, ...single({ logo_uri: logo, ...pages, ...others }) };
  const [member] = Object.entries(lists).find(([, list]) => list.some((one) => ours.includes(hostOf(one)))) ?? [];
  return member && `${member} must not be at this server: only an administrator registers an app that is`;
}

function single(addresses: Record<string, string | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(addresses).map(([member, address]) => [member, address ? [address] : []]));
}

/**
 * The hosts of redirect URIs on the web; those on the user's own device count only when there are no others. A native
 * app's scheme has no host.
 */
function hostsOf(redirectUris: readonly string[]): string[] {
  const web = redirectUris.filter((uri) => hostOf(uri) !== '');
  const beyond = web.filter((uri) => !isLoopback(new URL(uri).hostname));
  return [...new Set((beyond.length > 0 ? beyond : web).map(hostOf))];
}

/** The host and port of a web address; '' for anything else. */
function hostOf(address: string): string {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? new URL(address).host : '';
}
