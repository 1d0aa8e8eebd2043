/** A card as the chart shows it. */
export interface ShownCard {
  /** Of the card as it is kept on the server. */
  id: string;
  summary: string;
  /** GitHub flavoured Markdown. */
  detail?: string;
  indicator: 'info' | 'warning' | 'critical';
  source: { label: string; url?: string };
  suggestions: { label: string; recommended: boolean; actions: string[] }[];
  /** Several suggestions may be chosen together. */
  several: boolean;
  /** Reasons to dismiss it, by their places. */
  reasons: string[];
  links: ShownLink[];
}

export type ShownLink =
  | { kind: 'absolute'; label: string; url: string }
  | { kind: 'smart'; label: string }
  | { kind: 'unregistered'; label: string; reason: string };

/** What came of asking one service. */
export type ServiceAnswer =
  | {
      cards: ShownCard[];
      /** Sentences about malformed cards. */
      problems: string[];
      /** How many changes the service wanted made without asking. */
      systemActions: number;
      /** Keys of the prefetch that it was not given. */
      withheld: string[];
    }
  | { problem: string };

/** One line of the answer to a hook. */
export type HookLine = { asked: { id: string; title: string }[] } | ({ service: string } & ServiceAnswer);
