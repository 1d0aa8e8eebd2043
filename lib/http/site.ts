import type { IncomingMessage } from 'node:http';
import { isSamplesPath, type OwnOrigins } from '#lib/address/own-origins.ts';
import type { Refusal } from './request-line.ts';

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/**
 * The origin of ours that a request is for. `Host` is anybody's to write, so it chooses nothing but this: whoever names
 * exactly the host of the bundled apps gets them, and nobody else; every other claim leads to the EHR.
 */
export function siteOf({ headers }: Asked, { origin, samplesOrigin }: OwnOrigins): string {
  return samplesOrigin && headers.host === new URL(samplesOrigin).host ? samplesOrigin : origin;
}

/** What the bundled apps consist of; without escapes, dots or empty parts in which a framework could see another path. */
const apps = /^\/samples(\/[\w-]+(\.svg)?)*\/?$/;
const files = /^\/_next\/static(\/(?!\.)([\w.~-]|%5[BD])+)+$/i;
const services = /^\/samples\/cds-services(\/|$)/;

/**
 * The answer at the wrong site, where the bundled apps have one of their own: nothing but them is there, and they are
 * nowhere else. An address from before leads to them. Undefined when the request is at the right one.
 */
export function refusalOfSite(asked: Asked, own: OwnOrigins): Refusal | undefined {
  const { samplesOrigin } = own;
  if (samplesOrigin === undefined) return undefined;
  const { method = '', url = '/' } = asked;
  const [path = '/'] = url.split('?');
  const reads = /^(GET|HEAD)$/.test(method);
  if (siteOf(asked, own) === samplesOrigin) return isOfSamples(path, reads) ? undefined : nothing;
  if (!isSamplesPath(path)) return undefined;
  return reads && apps.test(path) ? movedTo(samplesOrigin + url) : nothing;
}

/** Pages are only read: what is posted to one may be an action of any page of the server. */
function isOfSamples(path: string, reads: boolean): boolean {
  if (services.test(path) && apps.test(path)) return true;
  return reads && (apps.test(path) || files.test(path));
}

const noStore = { 'Cache-Control': 'no-store' };
const nothing = { status: 404, text: 'There is nothing at this address.', headers: noStore };

function movedTo(Location: string): Refusal {
  return { status: 307, text: 'The bundled apps are at an origin of their own.', headers: { ...noStore, Location } };
}
