'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { isCurrent, type NavItem } from './nav-tabs.tsx';

/** Links down the side of a group of pages; a scrolling row on a phone. */
export function SideNav({ label, items }: { label: string; items: readonly NavItem[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="flex gap-1 max-md:overflow-x-auto md:w-48 md:shrink-0 md:flex-col">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item, pathname) ? 'page' : undefined}
          className="flex min-h-8 items-center rounded-sm px-3 whitespace-nowrap text-muted hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text"
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
