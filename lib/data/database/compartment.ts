/** The name of a patient's compartment, as the column `resource.patients` holds it. */
export function compartment(sandboxId: number, patient: string): string {
  return `${sandboxId}/${patient}`;
}
