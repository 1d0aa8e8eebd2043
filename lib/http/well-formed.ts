import { isUtf8 } from 'node:buffer';

/**
 * Whether a percent-encoded query string or form body is UTF-8 without the NUL character. Anything else would arrive
 * altered (as replacement characters), or could not be stored.
 */
export function isWellFormed(encoded: string | Uint8Array): boolean {
  const text = typeof encoded === 'string' ? encoded : Buffer.from(encoded).toString('latin1');
  const bytes = Buffer.from(text.replace(/%([0-9A-Fa-f]{2})/g, byteOf), 'latin1');
  return isUtf8(bytes) && !bytes.includes(0);
}

function byteOf(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}
