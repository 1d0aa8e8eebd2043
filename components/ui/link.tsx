import NextLink from 'next/link';
import type { ComponentProps } from 'react';

/**
 * A link to another page of ours, which is requested when somebody follows it and not before: a page may show a record,
 * and showing one is written into the audit log. The server refuses to answer in advance.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return <NextLink {...props} prefetch={false} />;
}
