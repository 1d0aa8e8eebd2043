/**
 * Addresses as logs and traces tell them: which page or endpoint it was, without anything that names a patient or opens
 * something. Who has to know that looks for the id of the request in the audit log.
 */

/** Segments of our own addresses; every other one, such as the id of a patient, is left out. */
const words = new Set(
  `.well-known Launch _services accept access account admin api apps audit auth authorize brand callback cards cds
  cds-services csrf data edit encounters end error feedback fhir frame health hooks import interaction introspect job
  jwks keys known launch launches live members metadata new oauth oauth-authorization-server openid-configuration orders
  override part password patients providers ready record refused register registration revoke samples sandboxes
  scenarios services session settings sign-in sign-out signin signout smart smart-configuration smart-style.json token
  user-access-brands.json userinfo`.split(/\s+/),
);

/** Parameters whose values say how something was asked for, and nothing about whom. */
const harmless = new Set(
  `_count _elements _format _include _pretty _revinclude _sort _summary _total client_id prompt response_mode
  response_type scope`.split(/\s+/),
);

const leftOut = '{id}';
const maxParameters = 20;
const maxLength = 300;

/** The path and the query of a request, as far as they may be told. */
export function toldAddress(url: string): string {
  const [path = '/', query] = url.split(/\?(.*)/s);
  const told = toldPath(path) + (query ? `?${toldQuery(query)}` : '');
  return told.length > maxLength ? `${told.slice(0, maxLength)}…` : told;
}

function toldPath(path: string): string {
  if (/^\/(_next|samples|brands|schema)\//.test(path)) return path;
  const [, first = '', ...rest] = path.split('/');
  const isFhir = rest[0] === 'fhir' && rest[1] !== '_services';
  const told = rest.map((segment, index) => (isTold(segment, isFhir ? index : 0) ? segment : leftOut));
  return ['', /^[\w.-]{0,40}$/.test(first) ? first : leftOut, ...told].join('/');
}

/** Below `fhir` come a type, an id, and, in a compartment or a history, another type or version. */
function isTold(segment: string, belowFhir: number): boolean {
  if (segment === '' || words.has(segment)) return true;
  if (belowFhir === 0) return false;
  return /^[_$][a-z-]{1,40}$/.test(segment) || (belowFhir % 2 === 1 && /^[A-Z][A-Za-z]{1,40}$/.test(segment));
}

function toldQuery(query: string): string {
  const pairs = query.split('&');
  const told = pairs.slice(0, maxParameters).map((pair) => {
    const [name = '', value] = pair.split(/=(.*)/s);
    const known = /^[\w.:-]{1,60}$/.test(name) ? name : '…';
    if (value === undefined) return known;
    return `${known}=${harmless.has(name) && /^[\w.:,*%/+-]*$/.test(value) ? value : '…'}`;
  });
  return [...told, ...(pairs.length > maxParameters ? ['…'] : [])].join('&');
}
