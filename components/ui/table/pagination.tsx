import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink, buttonClass } from '../button.tsx';

interface PaginationProps {
  /** Names the list, e.g. "Patients". */
  label: string;
  /** 1-based numbers of the first and last row shown; absent where rows have no numbers. */
  range?: { from: number; to: number; total?: number | undefined } | undefined;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** The labels of the links, if they do not lead to the previous and the next page. */
  texts?: { previous: string; next: string };
}

/**
 * The range of a list that is shown, with links to the previous and the next one. Renders nothing for a single page.
 */
export function Pagination({ label, range, previousHref, nextHref, texts }: PaginationProps) {
  if (!previousHref && !nextHref) return null;
  return (
    <nav aria-label={`${label} pages`} className="flex items-center gap-2 border-t border-line px-4 py-2">
      <p className="mr-auto text-sm text-muted tabular-nums">{range ? rangeText(range) : null}</p>
      <Step href={previousHref} rel={texts ? undefined : 'prev'}>
        <ChevronLeft aria-hidden /> {texts?.previous ?? 'Previous'}
      </Step>
      <Step href={nextHref} rel="next">
        {texts?.next ?? 'Next'} <ChevronRight aria-hidden />
      </Step>
    </nav>
  );
}

function rangeText({ from, to, total }: NonNullable<PaginationProps['range']>): string {
  return `${from}–${to}${total === undefined ? '' : ` of ${total}`}`;
}

function Step({ href, rel, children }: { href: string | undefined; rel: string | undefined; children: ReactNode }) {
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
