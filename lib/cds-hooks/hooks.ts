/**
 * The hooks that this EHR fires.
 * @see https://cds-hooks.hl7.org/hooks/patient-view/STU1/patient-view/
 */
export const hookNames = ['patient-view', 'encounter-start', 'order-select', 'order-sign'] as const;
export type HookName = (typeof hookNames)[number];

/** Why a patient gets no advice: what a service says is for those who treat. */
export const forStaff = 'Decision support is for the staff of the hospital.';

/** Narrows a text to a hook's name; undefined if this EHR does not fire it. */
export function hookNamed(text: unknown): HookName | undefined {
  return hookNames.find((hook) => hook === text);
}

/** The context of a hook. `userId` is a relative reference, the other two are ids. */
export interface HookContext {
  userId: string;
  patientId: string;
  encounterId?: string;
  /** Relative references to the drafts just selected (order-select). */
  selections?: string[];
  /** A Bundle of the unsigned orders (order-select, order-sign). */
  draftOrders?: object;
}
