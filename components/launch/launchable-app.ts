/** What the workspace knows of an app it can open. */
export interface LaunchableApp {
  clientId: string;
  name: string;
  description: string;
  logoUri?: string | null | undefined;
  /** What must be chosen before it opens. */
  needs: 'patient' | 'encounter' | 'none';
  /** What every launch of it says unless it says otherwise. */
  launchDefaults?: Readonly<Record<string, unknown>> | undefined;
}

/** What a launch button says that an app needs. */
export const needsText: Record<LaunchableApp['needs'], string> = {
  patient: 'Needs a patient',
  encounter: 'Needs an encounter',
  none: 'No patient needed',
};
