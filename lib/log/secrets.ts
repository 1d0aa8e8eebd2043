/** Blots out secrets in what is logged: an error may quote an address, a header or a form. */

/** Parameters and members whose values are secrets, or open something, whoever holds them. */
const secretNames = [
  'code',
  'state',
  'nonce',
  'launch',
  'assertion',
  'logout_token',
  '[a-z_]*token[a-z_]*',
  '[a-z_]*secret[a-z_]*',
  '[a-z_]*password[a-z_]*',
  'client_assertion',
  'code_verifier',
  'appContext',
].join('|');

const rules: readonly [pattern: RegExp, instead: string][] = [
  [/\b(cookie|set-cookie|authorization)(["']?\s*[:=]\s*)[^\r\n]+/gi, '$1$2…'],
  [/\b(bearer|basic|dpop)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '…'],
  [new RegExp(`\\b(${secretNames})(=|%3D)[^&;\\s"'<>]+`, 'gi'), '$1$2…'],
  [new RegExp(`(["'])(${secretNames})\\1(\\s*:\\s*)(["'])(?:(?!\\4)[^\\\\]|\\\\.)*\\4`, 'gi'), '$1$2$1$3$4…$4'],
  // Cookies of next-auth and of the authorization server, with whatever is before and behind in their names.
  [/([\w.-]*(?:session|interaction|csrf|resume)[\w.-]*)=[^;&\s"']+/gi, '$1=…'],
  [/(:\/\/)[^\s/@]+@/g, '$1…@'],
  // What looks random, in the alphabet of our tokens: capitals, small letters and digits, and at least 128 bits of them.
  [/(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{22,}(?![\w-])/g, '…'],
];

/** `text` with an ellipsis in the place of each secret that can be told from other words. */
export function withoutSecrets(text: string): string {
  return rules.reduce((cleaned, [pattern, instead]) => cleaned.replace(pattern, instead), text);
}
