/** Search parameters that columns of the stored resource answer, whatever its type: no index has rows for them. */
const columnParameters: readonly string[] = ['_id', '_lastUpdated'];

/** Whether a search parameter is answered by a column of the stored resource, and therefore by no index. */
export function isColumnParameter({ code }: { code: string }): boolean {
  return columnParameters.includes(code);
}
