import { type Birth, birthOf } from '../smart/birth.ts';
import { AppFailure } from '../smart/failure.ts';
import { fetchFhir, searchFhir } from '../smart/fhir-request.ts';
import { type Patient, patientSchema, readAll } from '../smart/resources.ts';
import { openSession, type Session } from '../smart/session.ts';
import { signedInName } from '../smart/signed-in.ts';
import { type CoursePoint, courseOf } from './course.ts';
import { measurementsOf, observationSchema, totalBilirubinCodes } from './observation.ts';
import { registration } from './registration.ts';

/** Everything the page shows of one patient. */
export interface ChartData {
  patient: Patient;
  birth: Birth | null;
  course: CoursePoint[];
  /** Number of Observations sent by the server that are not in the shape FHIR defines. */
  unreadable: number;
  needPatientBanner: boolean;
  user: string | null;
  /** The launch's appContext, if it had one. */
  appContext: string | null;
}

/** Completes the launch and reads the patient with all total bilirubin values. */
export async function loadChart(signal: AbortSignal): Promise<ChartData> {
  const session = await openSession(registration);
  const id = session.patient;
  if (id === null) throw noPatient();
  const [patient, found, user] = await Promise.all([
    readPatient(session, id, signal),
    searchFhir(session, `Observation?${bilirubinQuery(id)}`, signal),
    signedInName(session),
  ]);
  const observations = readAll(found, 'Observation', observationSchema);
  const birth = birthOf(patient);
  return {
    patient,
    birth,
    course: courseOf(measurementsOf(observations.values), birth),
    unreadable: observations.unreadable,
    needPatientBanner: session.needPatientBanner,
    user,
    appContext: session.appContext,
  };
}

function bilirubinQuery(patient: string): URLSearchParams {
  return new URLSearchParams({ patient, code: totalBilirubinCodes.join(','), _count: '100' });
}

async function readPatient(session: Session, id: string, signal: AbortSignal): Promise<Patient> {
  const parsed = patientSchema.safeParse(await fetchFhir(session, `Patient/${encodeURIComponent(id)}`, signal));
  if (parsed.success) return parsed.data;
  throw new AppFailure({
    title: 'The patient record cannot be read',
    detail: `Patient/${id} does not have the shape of a FHIR R4 Patient.`,
    advice: 'Report this to the people who run the FHIR server.',
  });
}

function noPatient(): AppFailure {
  return new AppFailure({
    title: 'No patient was chosen',
    detail: 'The launch came without a patient; this app shows one newborn’s bilirubin.',
    advice: 'Choose a patient in the EHR and launch the app from there.',
  });
}
