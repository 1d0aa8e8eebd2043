import { ChevronRight } from 'lucide-react';
import { Link } from './link.tsx';

export interface Crumb {
  label: string;
  href: string;
}

/** Links to the pages above this one. The page itself is left out, since its title follows. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex items-center gap-1">
            {index > 0 ? <ChevronRight aria-hidden className="size-3.5 text-muted" /> : null}
            <Link href={crumb.href} className="py-1 text-muted hover:text-ink hover:underline">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
