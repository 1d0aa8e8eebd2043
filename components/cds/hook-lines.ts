/** A card as the chart shows it. */
export interface ShownCard {
  /** Id of the card as the server stores it. */
  id: string;
  summary: string;
  /** GitHub flavoured Markdown. */
  detail?: string;
  indicator: 'info' | 'warning' | 'critical';
  source: { label: string; url?: string };
  suggestions: { label: string; recommended: boolean; actions: string[] }[];
  /** Whether several suggestions may be chosen together. */
  several: boolean;
  /** Reasons to dismiss it; the chosen one is sent by its index. */
  reasons: string[];
  links: ShownLink[];
}

export type ShownLink =
  | { kind: 'absolute'; label: string; url: string }
  | { kind: 'smart'; label: string }
  | { kind: 'unregistered'; label: string; reason: string };

/** The answer of one service, or why there is none. */
export type ServiceAnswer =
  | {
      cards: ShownCard[];
      /** Sentences about malformed cards. */
      problems: string[];
      /** How many changes the service wanted to be made without asking. */
      systemActions: number;
      /** Keys of the prefetch that the service was not given. */
      withheld: string[];
    }
  | { problem: string };

/** One line of the answer to a hook. */
export type HookLine = { asked: { id: string; title: string }[] } | ({ service: string } & ServiceAnswer);
