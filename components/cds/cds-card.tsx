'use client';

import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Deliberate } from '#components/ui/form/deliberate.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { CardLinks } from './card-links.tsx';
import { DismissCard } from './dismiss-card.tsx';
import type { ShownCard } from './hook-lines.ts';
import { messageOf, sendJson } from './send-json.ts';
import { SuggestionList } from './suggestion-list.tsx';

const CardDetail = lazy(() => import('./card-detail.tsx'));

const looks = {
  info: { icon: Info, word: 'Information', bar: 'border-l-info-text', text: 'text-info-text' },
  warning: { icon: TriangleAlert, word: 'Warning', bar: 'border-l-warning-text', text: 'text-warning-text' },
  critical: { icon: CircleAlert, word: 'Critical', bar: 'border-l-danger', text: 'text-danger-text' },
};

interface CdsCardProps {
  sandbox: string;
  card: ShownCard;
  /** Title of the service that sent it. */
  service: string;
  onDraft?: ((draft: object | null) => void) | undefined;
}

/** A card of a CDS service, with its links, suggestions and a button to dismiss it. */
export function CdsCard({ sandbox, card, service, onDraft }: CdsCardProps) {
  const { settled, error, accept, dismiss } = useSettling(sandbox, card.id, onDraft);
  const { icon: Icon, word, bar, text } = looks[card.indicator];
  return (
    <article aria-label={card.summary} className={classNames('flex gap-3 border-l-4 px-4 py-3', bar)}>
      <Icon aria-label={word} role="img" className={classNames('mt-0.5 size-5 shrink-0', text)} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <h3 className="font-semibold break-words">{card.summary}</h3>
        {card.detail ? (
          <Suspense fallback={null}>
            <CardDetail markdown={card.detail} />
          </Suspense>
        ) : null}
        <CardLinks sandbox={sandbox} card={card} />
        {settled ? (
          <p role="status" className="text-sm font-medium text-muted">
            {settled}
          </p>
        ) : (
          <div className="flex flex-wrap items-start gap-2">
            <Deliberate className="flex flex-wrap items-start gap-2">
              <SuggestionList card={card} onAccept={accept} />
            </Deliberate>
            <DismissCard card={card} onDismiss={dismiss} />
          </div>
        )}
        {error ? (
          <p role="alert" className="text-sm font-medium text-danger-text">
            {error}
          </p>
        ) : null}
        <CardSource source={card.source} service={service} />
      </div>
    </article>
  );
}

interface Accepted {
  written: string[];
  draft?: object | null;
}

/** Accepts suggestions or dismisses the card, and then refreshes the page to show changes of the record. */
function useSettling(sandbox: string, card: string, onDraft: CdsCardProps['onDraft']) {
  const router = useRouter();
  const [settled, setSettled] = useState<string>();
  const [error, setError] = useState<string>();
  const settle = (outcome: Promise<string>) => {
    setError(undefined);
    return outcome.then(setSettled, (thrown) => setError(messageOf(thrown)));
  };
  const address = `/${sandbox}/cds/cards/${card}`;
  const accept = (suggestions: number[]) => settle(acceptAt(address, suggestions));
  const dismiss = (reason: object) => settle(sendJson(`${address}/override`, reason).then(() => 'Dismissed.'));
  const acceptAt = async (card: string, suggestions: number[]) => {
    const { written, draft } = await sendJson<Accepted>(`${card}/accept`, { suggestions });
    if (draft !== undefined) onDraft?.(draft);
    if (written.length === 0) return 'Accepted.';
    router.refresh();
    return `Done. ${written.length} written to the record.`;
  };
  return { settled, error, accept, dismiss };
}

function CardSource({ source: { label, url }, service }: { source: ShownCard['source']; service: string }) {
  return (
    <p className="text-sm text-muted">
      Source:{' '}
      {url ? (
        <a href={url} target="_blank" rel="noopener noreferrer" className="underline hover:text-ink">
          <bdi>{label}</bdi>
        </a>
      ) : (
        <bdi>{label}</bdi>
      )}
      {label === service ? null : isolating`, by ${service}`}
    </p>
  );
}
