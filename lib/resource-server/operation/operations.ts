import type { Operation } from '../request/operation.ts';
import { everything } from './everything.ts';
import { validate } from './validate.ts';

/** Every operation of the FHIR server. Routing, the CapabilityStatement, transactions and the audit log go by this list. */
export const operations: readonly Operation[] = [validate, everything];
