/** A failure in words for the user: what happened, what the server said, what to do. */
export interface Failure {
  title: string;
  detail: string;
  advice: string;
  /** Whether trying again may help, without a new launch. */
  retry?: boolean;
}

/** Thrown where the app cannot continue and can already explain why. */
export class AppFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`${failure.title}: ${failure.detail}`);
    this.name = 'AppFailure';
    this.failure = failure;
  }
}

/** A response of the FHIR server that is not a resource; status 0 if there was no response. */
export class FhirRequestError extends Error {
  readonly status: number;
  readonly diagnostics: string;

  constructor(status: number, diagnostics: string) {
    super(diagnostics);
    this.name = 'FhirRequestError';
    this.status = status;
    this.diagnostics = diagnostics;
  }
}

const byStatus: Record<number, Omit<Failure, 'detail'>> = {
  0: {
    title: 'The FHIR server cannot be reached',
    advice: 'Check the network connection and that the server is running, then try again.',
    retry: true,
  },
  401: { title: 'The session has ended', advice: 'Launch the app again from the EHR.' },
  403: {
    title: 'Not permitted to read this data',
    advice: 'The access granted at launch does not cover it. Launch again and grant what the app asks for.',
  },
  404: {
    title: 'Not found on the FHIR server',
    advice: 'The record may have been removed. Choose it again in the EHR and launch from there.',
  },
};

/** Words for anything thrown while talking to the authorization server or the FHIR server. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof AppFailure) return error.failure;
  if (error instanceof FhirRequestError) {
    const known = byStatus[error.status] ?? {
      title: `The FHIR server answered with status ${error.status}`,
      advice: 'Try again; if it stays so, report the message above to the people who run the server.',
      retry: true,
    };
    return { ...known, detail: error.diagnostics };
  }
  return {
    title: 'The app stopped unexpectedly',
    detail: error instanceof Error ? error.message : String(error),
    advice: 'Launch the app again from the EHR.',
  };
}
