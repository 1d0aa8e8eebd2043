/** A link of a navigation. */
interface NavItem {
  label: string;
  href: string;
}

/** Tells whether an item links to the page at `pathname` or to a page above it. */
export function isCurrent({ href }: NavItem, pathname: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
