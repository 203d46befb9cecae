import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { registerInputSchema, type RegisterInput } from '../../native-workers/contract/operations/register.js'

const known = new WeakMap<SavedRegistrationResult, RegisterInput | null>()

/** What was asked for to get a result; null where another program made it and left no settings. */
export function requestOf(result: SavedRegistrationResult): RegisterInput | null {
  let request = known.get(result)
  if (request === undefined) {
    request = registerInputSchema.safeParse(result.settings).data ?? null
    known.set(result, request)
  }
  return request
}
