import { getResourceTypes } from '@medplum/core';
import { loadDefinitions } from './definitions.ts';

/** All concrete R4 resource types, by name. */
export function resourceTypes(): string[] {
  loadDefinitions();
  return getResourceTypes();
}
