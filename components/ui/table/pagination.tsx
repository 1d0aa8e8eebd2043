import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink, buttonClass } from '../button.tsx';

interface PaginationProps {
  /** Names the list, e.g. "Patients". */
  label: string;
  /** 1-based numbers of the first and last row shown. */
  from: number;
  to: number;
  total?: number | undefined;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
}

/** Which part of a list this is, with links to the parts around it. */
export function Pagination({ label, from, to, total, previousHref, nextHref }: PaginationProps) {
  return (
    <nav aria-label={`${label} pages`} className="flex items-center gap-2 border-t border-line px-4 py-2">
      <p className="mr-auto text-sm text-muted tabular-nums">
        {from}–{to}
        {total === undefined ? '' : ` of ${total}`}
      </p>
      <Step href={previousHref} rel="prev">
        <ChevronLeft aria-hidden /> Previous
      </Step>
      <Step href={nextHref} rel="next">
        Next <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

function Step({ href, rel, children }: { href: string | undefined; rel: string; children: ReactNode }) {
  const look = { variant: 'secondary', size: 'small' } as const;
  if (href) {
    return (
      <ButtonLink {...look} href={href} rel={rel}>
        {children}
      </ButtonLink>
    );
  }
  return (
    <span aria-disabled className={buttonClass(look, 'pointer-events-none !border-line !text-muted')}>
      {children}
    </span>
  );
}
