import { ExternalLink, Link2Off } from 'lucide-react';
import type { ShownCard, ShownLink } from './hook-lines.ts';

/**
 * The links of a card. Pages open in a new tab, registered apps are launched, and any other link says why it cannot be
 * followed.
 */
export function CardLinks({ sandbox, card: { id, links } }: { sandbox: string; card: ShownCard }) {
  if (links.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {links.map((link, index) => (
        <li key={`${link.kind} ${link.label}`} className="min-w-0">
          <CardLink sandbox={sandbox} card={id} link={link} index={index} />
        </li>
      ))}
    </ul>
  );
}

const look = 'inline-flex items-center gap-1 font-medium text-accent-text underline pointer-coarse:min-h-10';

function CardLink({ sandbox, card, link, index }: { sandbox: string; card: string; link: ShownLink; index: number }) {
  if (link.kind === 'absolute') {
    return (
      <a href={link.url} target="_blank" rel="noopener noreferrer" className={look}>
        {link.label} <ExternalLink aria-hidden className="size-3.5" />
      </a>
    );
  }
  if (link.kind === 'unregistered') {
    return (
      <p className="text-sm text-muted">
        <Link2Off aria-hidden className="mr-1 inline size-3.5" />
        <span className="line-through">{link.label}</span>. <span className="break-words">{link.reason}</span>
      </p>
    );
  }
  return (
    <form method="post" action={`/${sandbox}/cds/launch`} target="_blank" rel="noopener">
      <input type="hidden" name="card" value={card} />
      <input type="hidden" name="link" value={index} />
      <button type="submit" className={look}>
        <span className="sr-only">Launch </span>
        {link.label} <ExternalLink aria-hidden className="size-3.5" />
      </button>
    </form>
  );
}
