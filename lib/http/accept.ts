/**
 * Whether an Accept header permits a response in one of `types`; a missing header permits all. A quality of zero
 * excludes a type, other parameters are ignored.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
export function accepts(header: string | null, types: string[]): boolean {
  if (!header?.trim()) return true;
  return header.split(',').some((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const refused = parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter));
    return !refused && types.some((type) => matches(name, type));
  });
}

function matches(range: string, type: string): boolean {
  return range === '*/*' || range === type || range === `${type.split('/')[0]}/*`;
}

/** The media type of a Content-Type header, in lower case and without parameters. */
export function mediaType(header: string | null): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
