'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from './class-names.ts';

export interface NavItem {
  label: string;
  href: string;
  /** The item is current only at exactly this address, not below it. */
  exact?: boolean | undefined;
}

/** Whether an item leads to the page at `pathname` or to a page above it. */
export function isCurrent(item: NavItem, pathname: string): boolean {
  return pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
}

/** A row of tabs that are links, for pages that belong together. */
export function NavTabs({ label, items }: { label: string; items: readonly NavItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto border-b border-line">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item, pathname) ? 'page' : undefined}
          className={classNames(
            'flex min-h-9 items-center border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted',
            'hover:text-ink aria-[current]:border-accent-text aria-[current]:text-accent-text',
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
