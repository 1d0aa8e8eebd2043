import type { KoaContextWithOIDC } from 'oidc-provider';

/** The user's choices in the steps of an interaction so far, stored as its result beside oidc-provider's `login`. */
export interface Choices {
  /** Id of the chosen Patient. */
  patient?: string;
  /** Id of the chosen Encounter; null when the user chose to give the app none. */
  encounter?: string | null;
  /** The scopes that the user allowed. */
  consent?: { scopes: string[] };
}

/** The user's choices from before this request was resumed. */
export function choicesOf({ oidc }: KoaContextWithOIDC): Choices {
  return (oidc.result ?? {}) as Choices;
}
