import type { KoaContextWithOIDC } from 'oidc-provider';

/** What the user said in the steps of an interaction so far, kept as its result beside oidc-provider's `login`. */
export interface Choices {
  /** Id of the chosen Patient. */
  patient?: string;
  /** Id of the chosen Encounter; null: the app shall have none. */
  encounter?: string | null;
  /** The scopes that the user allowed. */
  consent?: { scopes: string[] };
}

/** What the user chose before this request was resumed. */
export function choicesOf({ oidc }: KoaContextWithOIDC): Choices {
  return (oidc.result ?? {}) as Choices;
}
