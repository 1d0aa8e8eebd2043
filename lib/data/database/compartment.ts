/** How a patient's compartment is named in `resource.patients`. */
export function compartment(sandboxId: number, patient: string): string {
  return `${sandboxId}/${patient}`;
}
