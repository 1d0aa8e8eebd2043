/** Something that applying a sandbox file has changed, as the audit log says it. */
export interface AppliedChange {
  /** The kind of thing that was changed, as the code of its audit event. */
  kind: 'member' | 'password' | 'app' | 'cds-service' | 'scenario' | 'settings' | 'brand' | 'registration' | 'sandbox';
  action: 'C' | 'U' | 'D';
  /** Names of the person or thing concerned; never a secret. */
  about: Record<string, string | undefined>;
}

/** What was not applied, and why, as the end of a sentence about the part. */
export interface LeftPart {
  kind: 'user';
  key: string;
  reason: string;
}

/** What became of one part of a file, or of several. */
export interface Outcome {
  changes: AppliedChange[];
  /** Which row the part became. */
  row?: string | undefined;
  left?: LeftPart;
  /** Whether it was disabled because the file names it no longer. */
  disabled?: true;
  /** Whether it is to be tried again at the next start. */
  again?: true;
}

/** The outcome of a part of which nothing had to be written. */
export const nothingDone: Outcome = { changes: [] };
