/** Takes the place of adapter operations that no feature of this server uses. */
export async function notStored(): Promise<never> {
  throw new Error('oidc-provider asked its adapter for something that this server has not switched on.');
}
