'use client';

import { useState } from 'react';
import { describeFailure, type Failure } from '../smart/failure.ts';
import type { Session } from '../smart/session.ts';
import type { Card, CardLink } from './ask-service.ts';
import styles from './console.module.css';
import { leadTab } from './lead-tab.ts';
import { registerLaunch } from './register-launch.ts';

/** The services' cards. A smart link opens its app with a launch registered on the click. */
export function CardList({ session, cards }: { session: Session; cards: Card[] }) {
  const [failure, setFailure] = useState<Failure>();
  const open = async (link: CardLink) => {
    setFailure(undefined);
    // Opened during the click, or a popup blocker would stop it; its address is set later.
    const tab = window.open('about:blank', '_blank');
    try {
      const address = await registerLaunch(session, link);
      if (tab) leadTab(tab, address);
      else location.assign(address);
    } catch (thrown) {
      tab?.close();
      setFailure(describeFailure(thrown));
    }
  };
  if (cards.length === 0) return <p className={styles.nothing}>The services have no advice about this patient.</p>;
  return (
    <>
      {failure ? (
        <p role="alert" className={styles.failure}>
          <strong>{failure.title}.</strong> {failure.detail} {failure.advice}
        </p>
      ) : null}
      {cards.map((card) => (
        <ConsoleCard key={card.summary} card={card} onOpen={open} />
      ))}
    </>
  );
}

function ConsoleCard({
  card: { summary, indicator, source, links },
  onOpen,
}: {
  card: Card;
  onOpen: (link: CardLink) => void;
}) {
  return (
    <article className={styles.card} data-indicator={indicator} aria-label={summary}>
      <p className={styles.label}>{indicator}</p>
      <h2 className={styles.summary}>{summary}</h2>
      <p className={styles.source}>Source: {source.label}</p>
      <ul className={styles.links}>
        {links.map((link) => (
          <li key={link.label}>
            {link.type === 'smart' ? (
              <button type="button" className={styles.button} onClick={() => onOpen(link)}>
                {link.label}
              </button>
            ) : (
              <a href={link.url} target="_blank" rel="noopener noreferrer">
                {link.label}
              </a>
            )}
          </li>
        ))}
      </ul>
    </article>
  );
}
