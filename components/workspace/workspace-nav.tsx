'use client';

import { usePathname } from 'next/navigation';
import { Link } from '#components/ui/link.tsx';
import { isCurrent } from '#components/ui/nav-item.ts';

/** The navigation between the parts of a sandbox; a second row where the screen is narrow. */
export function WorkspaceNav({ slug, role }: { slug: string; role: string }) {
  const pathname = usePathname();
  const items = [
    role === 'patient'
      ? { label: 'My record', href: `/${slug}/record` }
      : { label: 'Patients', href: `/${slug}/patients` },
    { label: 'Apps', href: `/${slug}/apps` },
    ...(role === 'patient' ? [] : [{ label: 'Scenarios', href: `/${slug}/scenarios` }]),
    ...(role === 'admin' ? [{ label: 'Administration', href: `/${slug}/admin` }] : []),
  ];
  return (
    <nav aria-label="Main" className="flex gap-1 self-stretch max-lg:order-last max-lg:w-full">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item, pathname) ? 'page' : undefined}
          className="-mb-px flex min-h-10 items-center border-b-2 border-transparent px-3 font-medium text-muted hover:text-ink aria-[current]:border-accent-text aria-[current]:text-ink"
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
