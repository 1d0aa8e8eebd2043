/**
 * The hooks that this EHR fires.
 * @see https://cds-hooks.hl7.org/hooks/patient-view/STU1/patient-view/
 */
export const hookNames = ['patient-view', 'encounter-start', 'order-select', 'order-sign'] as const;
export type HookName = (typeof hookNames)[number];

/** The hook that a text names; undefined for one that this EHR does not fire. */
export function hookNamed(text: unknown): HookName | undefined {
  return hookNames.find((hook) => hook === text);
}

/** What a hook says of where its user is: `userId` is a relative reference, the others are ids. */
export interface HookContext {
  userId: string;
  patientId: string;
  encounterId?: string;
  /** Relative references of the drafts that were just selected (order-select). */
  selections?: string[];
  /** A Bundle of the orders that are not signed yet (order-select, order-sign). */
  draftOrders?: object;
}
