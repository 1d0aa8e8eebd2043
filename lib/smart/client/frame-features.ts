import type { OwnOrigins } from '#lib/address/own-origins.ts';
import { webOrigin } from '#lib/address/web-address.ts';
import { absoluteAddress } from '../app-address.ts';

/**
 * The features of a browser that an app may be given in a frame of the EHR. Outside of a frame the browser asks the user
 * itself.
 * @see https://www.w3.org/TR/permissions-policy/#iframe-allow-attribute
 */
export const frameFeatures = ['camera', 'microphone', 'geolocation', 'clipboard-read', 'clipboard-write'] as const;

interface FramedClient {
  launchUri?: string | undefined;
  redirectUris: readonly string[];
  origins: readonly string[];
  frameFeatures: readonly string[];
}

/**
 * The `allow` attribute of an app's frame: each feature that its registration names, for the origins of its registered
 * addresses alone. What else comes to stand in the frame has none of them.
 * @param own this server's, where registered paths lie
 */
export function allowedInFrame({ launchUri, redirectUris, ...client }: FramedClient, own: OwnOrigins): string {
  const addresses = [...(launchUri ? [launchUri] : []), ...redirectUris, ...client.origins];
  const origins = new Set(addresses.flatMap((address) => webOrigin(absoluteAddress(address, own)) ?? []));
  if (origins.size === 0) return '';
  return client.frameFeatures.map((feature) => `${feature} ${[...origins].join(' ')}`).join('; ');
}
