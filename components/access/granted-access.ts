/** An app as lists of access show it. */
export interface AppWithAccess {
  clientId: string;
  name: string;
  logoUri?: string | undefined;
  /** In seconds, where it is not the usual one. */
  refreshTokenLifetime?: number | undefined;
}

/** One authorization by which an app has access. */
export interface GrantedAccess {
  grantId: string;
  client: AppWithAccess;
  /** How many such grants the app has on all pages. */
  ofClient: number;
  user?: { name: string; username: string } | undefined;
  /** The patient in its context; the name is there for those who may see them. */
  patient?: { id: string; name?: string | undefined } | undefined;
  /** Texts of scopes. */
  scopes: readonly string[];
  since: Date;
  lastUsedAt: Date;
  lasting: 'offline' | 'online' | 'token';
  until: Date;
}

/** What a page knows that shows access: where, to whom, and when. */
export interface AccessPageFacts {
  /** Slug of the sandbox. */
  sandbox: string;
  /** Whether the record of a patient in context is the reader's own. */
  ownRecord: boolean;
  now: Date;
}

/** A server action that ends access; the form names what. */
export type RevokeAction = (formData: FormData) => Promise<void>;
