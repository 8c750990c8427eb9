import type { Deps } from '../domain/deps.ts'
import { stepErasure } from '../domain/persons/step-erasure.ts'
import { tendDuties } from '../jobs/tend-duties.ts'
import type { Closing } from './closing.ts'

/** Goes on erasing what somebody began to erase, also before this server last stopped. */
export function startErasures(deps: Deps, closing: Closing): void {
  const erasing = tendDuties(deps, [{ name: 'people to erase', run: () => stepErasure(deps), everyMs: 1000 }])
  closing.add('erasures', erasing.stop)
}
