import type { Caller } from '../request/bearer.ts';
import type { OperationCall } from '../request/interaction.ts';

/** Answers an operation at the level at which it was called. @throws FhirError as the operation does. */
export async function answerOperation(request: Request, caller: Caller, call: OperationCall): Promise<Response> {
  const { resourceType, id } = call;
  const { system, type, instance } = call.operation.levels;
  if (resourceType === undefined) {
    if (system) return system.answer(request, caller, {});
  } else if (id === undefined) {
    if (type) return type.answer(request, caller, { resourceType });
  } else if (instance) return instance.answer(request, caller, { resourceType, id });
  throw new Error(`$${call.operation.name} was called at a level that it does not have.`);
}
