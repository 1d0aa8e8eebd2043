import type { ServiceAnswer, ShownCard, ShownLink } from '#components/cds/hook-lines.ts';
import type { Card, Link } from '#lib/cds-hooks/card.ts';
import type { Advice } from '#lib/cds-hooks/fire.ts';

type Targets = ReadonlyMap<string, string | undefined>;

/** The part of a service's answer that the chart shows; the resources of suggestions stay on the server. */
export function shownAdvice(advice: Advice | { problem: string }, targets: Targets): ServiceAnswer {
  if ('problem' in advice) return { problem: advice.problem };
  const { cards, problems, systemActions, withheld } = advice;
  return { cards: cards.map(({ id, card }) => shownCard(id, card, targets)), problems, systemActions, withheld };
}

function shownCard(id: string, card: Card, targets: Targets): ShownCard {
  const { summary, detail, indicator, source, suggestions, selectionBehavior, overrideReasons, links } = card;
  return {
    id,
    summary,
    indicator,
    detail: detail || undefined,
    source: { label: source.label, url: source.url || undefined },
    suggestions: suggestions.map(({ label, isRecommended = false, actions }) => ({
      label,
      recommended: isRecommended,
      actions: actions.flatMap(({ description }) => description ?? []),
    })),
    several: selectionBehavior === 'any' && suggestions.length > 1,
    reasons: overrideReasons.map(({ display }) => display),
    links: links.map((link) => shownLink(link, targets)),
  };
}

function shownLink({ label, url, type }: Link, targets: Targets): ShownLink {
  if (type === 'absolute') return { kind: 'absolute', label, url };
  if (targets.get(url)) return { kind: 'smart', label };
  const reason = `No enabled app with the launch URI ${url} is registered here, or more than one.`;
  return { kind: 'unregistered', label, reason };
}
