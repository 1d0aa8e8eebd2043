import { isIP } from 'node:net';

/** The addresses on which to listen: those of loopback unless HOST names another, whatever the public address is. */
export function hostsFor(host: string | undefined): string[] {
  return host === undefined || host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
}

/** How a person is told where the server listens. */
export function describeHosts(host: string | undefined, port: number): string {
  const listening = hostsFor(host).map((one) => (isIP(one) === 6 ? `[${one}]:${port}` : `${one}:${port}`));
  return listening.join(' and ');
}
