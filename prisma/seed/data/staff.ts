/** One member of staff. `taxonomy` is the NUCC code of the specialty, absent for those who do not treat patients. */
export interface StaffMember {
  id: string;
  given: string;
  family: string;
  gender: 'female' | 'male' | 'other';
  prefix?: string;
  suffix?: string;
  role: 'doctor' | 'nurse' | 'ict';
  taxonomy?: readonly [code: string, display: string];
  location: LocationKey;
}

/** Wards and clinics of the make-believe hospital. */
export const locations = {
  'pediatric-clinic': 'Pediatric Clinic',
  'primary-care': 'Primary Care Clinic',
  'womens-health': "Women's Health Clinic",
  cardiology: 'Cardiology Clinic',
  'mother-baby': 'Mother-Baby Unit',
  'medical-ward': 'Medical Ward 4 East',
  emergency: 'Emergency Department',
  laboratory: 'Clinical Laboratory',
} as const;

export type LocationKey = keyof typeof locations;

export const staff = [
  {
    id: 'dr-chen',
    given: 'Grace',
    family: 'Chen',
    gender: 'female',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['208000000X', 'Pediatrics Physician'],
    location: 'pediatric-clinic',
  },
  {
    id: 'dr-okafor',
    given: 'Samuel',
    family: 'Okafor',
    gender: 'male',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['207R00000X', 'Internal Medicine Physician'],
    location: 'primary-care',
  },
  {
    id: 'dr-lindqvist',
    given: 'Karin',
    family: 'Lindqvist',
    gender: 'female',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['207Q00000X', 'Family Medicine Physician'],
    location: 'primary-care',
  },
  {
    id: 'dr-romero',
    given: 'Lucía',
    family: 'Romero',
    gender: 'female',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['207V00000X', 'Obstetrics & Gynecology Physician'],
    location: 'womens-health',
  },
  {
    id: 'dr-haddad',
    given: 'Nadia',
    family: 'Haddad',
    gender: 'female',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['207RC0000X', 'Cardiovascular Disease Physician'],
    location: 'cardiology',
  },
  {
    id: 'dr-wu',
    given: 'Daniel',
    family: 'Wu',
    gender: 'male',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['2080N0001X', 'Neonatal-Perinatal Medicine Physician'],
    location: 'mother-baby',
  },
  {
    id: 'dr-brennan',
    given: 'Fionnuala',
    family: 'Brennan',
    gender: 'female',
    prefix: 'Dr.',
    suffix: 'MD',
    role: 'doctor',
    taxonomy: ['207P00000X', 'Emergency Medicine Physician'],
    location: 'emergency',
  },
  {
    id: 'np-jackson',
    given: 'Tanya',
    family: 'Jackson',
    gender: 'female',
    suffix: 'NP',
    role: 'nurse',
    taxonomy: ['363LF0000X', 'Family Nurse Practitioner'],
    location: 'primary-care',
  },
  {
    id: 'rn-dubois',
    given: 'Élodie',
    family: 'Dubois',
    gender: 'female',
    suffix: 'RN',
    role: 'nurse',
    taxonomy: ['163W00000X', 'Registered Nurse'],
    location: 'pediatric-clinic',
  },
  {
    id: 'morgan-reyes',
    given: 'Morgan',
    family: 'Reyes',
    gender: 'other',
    role: 'ict',
    location: 'primary-care',
  },
] as const satisfies readonly StaffMember[];

export type StaffId = (typeof staff)[number]['id'];
