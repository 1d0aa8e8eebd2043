/** The origins of the FHIR servers that these apps connect to: their one setting, which only their server reads. */
export function knownServers(): string[] {
  return (process.env.SAMPLES_ISS ?? '').split(' ').filter(Boolean);
}
