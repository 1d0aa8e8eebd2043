/** Whether `text` is an absolute address that a browser or this server may go to: http or https, and no other scheme. */
export function isWebAddress(text: string): boolean {
  return webOrigin(text) !== undefined;
}

/** The origin of an absolute http or https address; undefined for everything else. */
export function webOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

/** Whether `text` is an origin as browsers write it: scheme, host and port, without a slash at the end. */
export function isWebOrigin(text: string): boolean {
  return webOrigin(text) === text;
}
