/** An app that the workspace can launch. */
export interface LaunchableApp {
  clientId: string;
  name: string;
  description: string;
  logoUri?: string | null | undefined;
  /** Whether it registered itself: nobody here has checked its name, logo and description. */
  dynamic: boolean;
  /** What must be chosen before it is launched. */
  needs: 'patient' | 'encounter' | 'none';
  /** Parameters of every launch that does not override them. */
  launchDefaults?: Readonly<Record<string, unknown>> | undefined;
}

/** The words for an app that registered itself, beside its name wherever it is offered. */
export const registeredItself = 'Registered itself';

/** The words for what an app needs, as launch buttons show them. */
export const needsText: Record<LaunchableApp['needs'], string> = {
  patient: 'Needs a patient',
  encounter: 'Needs an encounter',
  none: 'No patient needed',
};
