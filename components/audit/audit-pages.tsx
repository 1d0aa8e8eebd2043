import { ChevronRight, ChevronsLeft } from 'lucide-react';
import { ButtonLink } from '#components/ui/button.tsx';

interface AuditPagesProps {
  /** Where the newest events are; undefined on that page. */
  newestHref: string | undefined;
  /** Where the events before these are; undefined on the last page. */
  olderHref: string | undefined;
}

/** Ways through the log, which grows at its beginning: pages have no numbers. */
export function AuditPages({ newestHref, olderHref }: AuditPagesProps) {
  if (!newestHref && !olderHref) return null;
  const look = { variant: 'secondary', size: 'small' } as const;
  return (
    <nav aria-label="Audit log pages" className="flex items-center justify-end gap-2 border-t border-line px-4 py-2">
      {newestHref ? (
        <ButtonLink {...look} href={newestHref}>
          <ChevronsLeft aria-hidden /> Newest
        </ButtonLink>
      ) : null}
      {olderHref ? (
        <ButtonLink {...look} href={olderHref} rel="next">
          Older <ChevronRight aria-hidden />
        </ButtonLink>
      ) : null}
    </nav>
  );
}
