import type { CarePlan, CareTeam, Coding, Goal, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { concept, hl7Concept } from '../codes/coding.ts';
import { roleCodes } from '../codes/snomed.ts';
import { quantity } from '../codes/ucum.ts';
import { claims, usCoreCategory } from '../codes/us-core.ts';
import type { CareGoal } from '../data/care-goals.ts';
import { careGoals } from '../data/care-goals.ts';
import type { Chart } from '../person/chart.ts';
import { referenceTo, subjectOf } from '../person/chart.ts';
import { isoDate, plusYears } from '../value/calendar.ts';
import type { FiledProblem } from './condition.ts';
import { hospital } from './hospital.ts';
import { practitionerReference } from './practitioner.ts';

export interface CarePlanWish extends CareGoal {
  since: Date;
  addresses: Reference;
}

function fileGoal(chart: Chart, wish: CarePlanWish): Reference {
  const { target } = wish;
  const dueDate = isoDate(plusYears(chart.now, 0.5));
  return referenceTo(
    chart.file<Goal>({
      resourceType: 'Goal',
      meta: claims('goal'),
      lifecycleStatus: 'active',
      achievementStatus: hl7Concept('goal-achievement', 'in-progress', 'In Progress'),
      description: { text: wish.goal },
      subject: subjectOf(chart),
      startDate: isoDate(wish.since),
      target: [
        withoutUndefined({
          measure: target && { coding: [target.measure] },
          detailRange: target && { high: quantity(target.below, target.unit) },
          dueDate,
        }),
      ],
      addresses: [wish.addresses],
    }),
  );
}

/** Files the care team: the clinician, a nurse and the person. */
export function fileCareTeam(chart: Chart): Reference {
  const member = (role: Coding, reference: Reference) => ({ role: [concept(role)], member: reference });
  return referenceTo(
    chart.file<CareTeam>({
      resourceType: 'CareTeam',
      meta: claims('careteam'),
      status: 'active',
      name: `Care team of ${chart.person.given[0]} ${chart.person.family}`,
      subject: subjectOf(chart),
      participant: [
        member(roleCodes.physician, chart.clinician),
        member(roleCodes.nurse, practitionerReference('rn-dubois')),
        member(roleCodes.patient, subjectOf(chart)),
      ],
      managingOrganization: [hospital],
    }),
  );
}

/** Files a care plan with its goal and activities for one condition. */
export function fileCarePlan(chart: Chart, careTeam: Reference, wish: CarePlanWish): void {
  const goal = fileGoal(chart, wish);
  const items = wish.activities.map((activity) => `<li>${activity}</li>`).join('');
  chart.file<CarePlan>({
    resourceType: 'CarePlan',
    meta: claims('careplan'),
    text: {
      status: 'generated',
      div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${wish.goal}</p><ul>${items}</ul></div>`,
    },
    status: 'active',
    intent: 'plan',
    category: [usCoreCategory('careplan-category', 'assess-plan', 'Assessment and Plan of Treatment')],
    title: wish.goal,
    subject: subjectOf(chart),
    period: { start: isoDate(wish.since), end: isoDate(plusYears(chart.now, 0.5)) },
    author: chart.clinician,
    careTeam: [careTeam],
    addresses: [wish.addresses],
    goal: [goal],
    activity: wish.activities.map((description) => ({
      detail: { status: 'in-progress' as const, code: { text: description } },
    })),
  });
}

/** Files the care team and, for at most two problems that call for it, a plan and a goal. */
export function fileCare(chart: Chart, problems: FiledProblem[]): void {
  const careTeam = fileCareTeam(chart);
  const planned = problems.flatMap(({ key, condition, since }) => {
    const goal = careGoals[key];
    return goal ? [{ ...goal, since, addresses: referenceTo(condition) }] : [];
  });
  for (const wish of planned.slice(0, 2)) {
    fileCarePlan(chart, careTeam, wish);
  }
}
