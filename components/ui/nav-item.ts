/** Somewhere to go. */
interface NavItem {
  label: string;
  href: string;
}

/** Whether an item leads to the page at `pathname` or to one that lies above it. */
export function isCurrent({ href }: NavItem, pathname: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
