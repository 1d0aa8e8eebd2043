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
  /** How many grants the app has, on all pages of the list. */
  ofClient: number;
  user?: { name: string; username: string } | undefined;
  /** The patient in its context; the name is absent when the reader may not see the patient. */
  patient?: { id: string; name?: string | undefined } | undefined;
  /** Texts of scopes. */
  scopes: readonly string[];
  since: Date;
  lastUsedAt: Date;
  lasting: 'offline' | 'online' | 'token';
  until: Date;
}

/** The sandbox, the reader and the time of a page that shows access. */
export interface AccessPageFacts {
  /** Slug of the sandbox. */
  sandbox: string;
  /** Whether the patient in context is the reader. */
  ownRecord: boolean;
  now: Date;
}

/** A server action that ends access; the form names the grant or the client. */
export type RevokeAction = (formData: FormData) => Promise<void>;
