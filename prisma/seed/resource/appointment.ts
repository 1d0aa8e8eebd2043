import type { Appointment, Reference } from 'fhir/r4';
import { concept } from '../codes/coding.ts';
import { encounterCodes } from '../codes/snomed.ts';
import type { Chart } from '../person/chart.ts';
import { referenceTo, subjectOf } from '../person/chart.ts';
import { isoTime, isWeekday, plusDays, plusMinutes, startOfDay } from '../value/calendar.ts';
import { fileEncounter, visitMinutes } from './encounter.ts';

/** The appointment book covers this many days before and after today: weekdays, and today whatever day it is. */
const bookDays = { past: 14, future: 180 };

const slotsPerDay = 5;
const moreToday = 6;

/** The clinic opens at eight, and the last appointment starts at half past four (UTC). */
const opening = 8 * 60;
const lastStart = 16 * 60 + 30;

/** Patients arrive this long before their appointment. */
const waitingMinutes = 15;

/** Days on which the clinic is open, oldest first. */
export function clinicDays(now: Date): Date[] {
  const today = startOfDay(now);
  return Array.from({ length: bookDays.past + bookDays.future + 1 }, (_, index) =>
    plusDays(today, index - bookDays.past),
  ).filter((day) => isWeekday(day) || day.getTime() === today.getTime());
}

function startTime(day: Date, position: number, positions: number): Date {
  const minute = opening + ((lastStart - opening) * position) / Math.max(1, positions - 1);
  return plusMinutes(day, Math.round(minute / 15) * 15);
}

/** Appointment times of patient `number`: all slots are dealt to the patients in turn. */
export function slotsOf(number: number, patients: number, now: Date): Date[] {
  const days = clinicDays(now);
  const perDay = Math.max(slotsPerDay, Math.ceil(patients / days.length));
  const starts: Date[] = [];
  for (let slot = number - 1; slot < days.length * perDay + moreToday; slot += patients) {
    const day = days[Math.floor(slot / perDay)];
    const more = slot - days.length * perDay;
    starts.push(
      day ? startTime(day, slot % perDay, perDay) : plusMinutes(startTime(startOfDay(now), more, moreToday), 15),
    );
  }
  return starts.sort((a, b) => a.getTime() - b.getTime());
}

function statusOf(chart: Chart, start: Date): Appointment['status'] {
  const { now } = chart;
  if (start > now) {
    return plusMinutes(start, -waitingMinutes) > now ? 'booked' : 'arrived';
  }
  if (plusMinutes(start, visitMinutes) > now) {
    return 'arrived';
  }
  const luck = chart.random.between(0, 1);
  return luck < 0.86 ? 'fulfilled' : luck < 0.93 ? 'noshow' : 'cancelled';
}

function fileAppointment(chart: Chart, start: Date, status: Appointment['status']): Reference {
  return referenceTo(
    chart.file<Appointment>({
      resourceType: 'Appointment',
      status,
      cancelationReason: status === 'cancelled' ? { text: 'Rescheduled by the patient' } : undefined,
      serviceType: [concept(encounterCodes.followUp)],
      appointmentType: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/v2-0276',
            code: 'FOLLOWUP',
            display: 'A follow up visit from a previous appointment',
          },
        ],
      },
      description: 'Follow-up visit',
      start: isoTime(start),
      end: isoTime(plusMinutes(start, visitMinutes)),
      minutesDuration: visitMinutes,
      created: isoTime(new Date(Math.min(plusDays(start, -21).getTime(), plusDays(chart.now, -1).getTime()))),
      participant: [
        { actor: subjectOf(chart), required: 'required', status: 'accepted' },
        { actor: chart.clinician, required: 'required', status: 'accepted' },
      ],
    }),
  );
}

/** Files the encounter of an appointment in its present state: waiting, in progress or finished. */
function fileMeeting(chart: Chart, start: Date, status: Appointment['status'], appointment: Reference): void {
  const type = encounterCodes.followUp;
  if (status === 'fulfilled') {
    fileEncounter(chart, { start, type, appointment });
  } else if (status === 'arrived' && start > chart.now) {
    fileEncounter(chart, { start: plusMinutes(start, -waitingMinutes), type, appointment, status: 'arrived' });
  } else if (status === 'arrived') {
    fileEncounter(chart, { start, type, appointment, status: 'in-progress' });
  }
}

/** Files the person's appointments, with an encounter for those they have come to. */
export function fileAppointments(chart: Chart, patients: number): void {
  const born = plusDays(chart.person.birth, 5);
  for (const start of slotsOf(chart.person.number, patients, chart.now).filter((slot) => slot > born)) {
    const status = statusOf(chart, start);
    fileMeeting(chart, start, status, fileAppointment(chart, start, status));
  }
}
