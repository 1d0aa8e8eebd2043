import { expect, it } from 'vitest';
import { consentedParameters } from './consented-parameters.ts';

const launched = { patient: 'baby', encounter: 'visit', intent: 'order', need_patient_banner: false };
const context = (offered: string, granted: string) =>
  consentedParameters(launched, offered.split(' '), granted.split(' '));

it.each([
  ['launch patient/*.rs', 'launch patient/*.rs'],
  ['patient/*.rs openid', 'openid'],
  ['launch launch/patient', 'launch'],
])('tells all to an app that asked for %s and gets %s', (offered, granted) =>
  expect(context(offered, granted)).toEqual(launched),
);

it('tells nothing of the launch to an app that must not know it', () => {
  expect(context('openid launch', 'openid')).toEqual({ need_patient_banner: false });
  expect(context('launch patient/*.rs', 'patient/*.rs')).toEqual({ need_patient_banner: false, patient: 'baby' });
});

it('tells no patient to an app that must not know them, unless it may read their record', () => {
  expect(context('openid launch/patient', 'openid')).toEqual({ need_patient_banner: false, intent: 'order' });
  expect(context('launch/patient patient/*.rs', 'patient/*.rs')).toEqual(launched);
});

it('tells no encounter to an app that must not know it', () => {
  const { encounter, ...rest } = launched;
  expect(context('launch/patient launch/encounter', 'launch/patient')).toEqual(rest);
});
