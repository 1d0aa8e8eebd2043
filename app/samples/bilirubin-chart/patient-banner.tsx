import type { Birth } from '../smart/birth.ts';
import { ageText, nameText, recordNumber } from '../smart/demographics.ts';
import type { Patient } from '../smart/resources.ts';
import styles from './bilirubin.module.css';
import { hoursOfLife } from './course.ts';
import { dateText, hoursText, timeText } from './words.ts';

/** The patient's identity; shown only if the EHR says that it does not show it itself (`need_patient_banner`). */
export function PatientBanner({ patient, birth, now }: { patient: Patient; birth: Birth | null; now: Date }) {
  const facts = [
    ['Sex', patient.gender ?? 'not recorded'],
    ['Born', bornText(patient, birth)],
    ['Age', birth ? ageFact(birth, now) : 'unknown'],
    ['MRN', recordNumber(patient) ?? 'none'],
  ];
  return (
    <section className={styles.banner} aria-label="Patient">
      <p className={styles.patientName}>{nameText(patient.name) ?? 'Name not recorded'}</p>
      <dl className={styles.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function bornText(patient: Patient, birth: Birth | null): string {
  if (!birth) return patient.birthDate ?? 'not recorded';
  return birth.precision === 'time' ? timeText(birth.at) : dateText(birth.at);
}

function ageFact(birth: Birth, now: Date): string {
  const age = ageText(birth.at, now) ?? 'not yet born';
  const hours = hoursOfLife(birth.at, now);
  return hours >= 72 && hours < 240 && birth.precision === 'time' ? `${age} (${hoursText(hours)})` : age;
}
