import type { ProblemKey } from '../codes/problems.ts';

export type Heritage = 'european' | 'hispanic' | 'african' | 'asian' | 'native';
export type Sex = 'female' | 'male';
export type Smoking = 'never' | 'former' | 'daily';

/** The given facts about one fictitious person, from which the record is generated. */
export interface Person {
  id: string;
  /** 1, 2, 3 … in order of generation. */
  number: number;
  sex: Sex;
  birth: Date;
  given: string[];
  family: string;
  heritage: Heritage;
  language: 'en' | 'es';
  address: { line: string[]; city: string; state: string; postalCode: string; country: string };
  phone: string;
  /** Standard deviations from the median for age and sex; constant through life, which makes growth curves smooth. */
  stature: { height: number; weight: number; head: number };
  smoking: Smoking;
  /** Problems this person certainly has; others are drawn at random. */
  problems: readonly ProblemKey[];
}
