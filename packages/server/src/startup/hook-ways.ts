import type { Deps } from '../domain/deps.ts'
import { createHookEndpoint } from '../http/simulator/hook-endpoint.ts'
import type { GuardedFetch } from '../lib/guarded-fetch.ts'
import { createInnerFetch } from '../lib/inner-fetch.ts'
import type { SendHook } from '../wire/send-hook.ts'
import type { Closing } from './closing.ts'

/** Both ways a hook can go: out to an address, or in to the simulator's endpoint. */
export function openHookWays(deps: Deps, outgoing: GuardedFetch, closing: Closing): SendHook {
  const inner = createInnerFetch(deps.clock, createHookEndpoint(deps))
  closing.add('simulated endpoint', inner.close)
  return ({ isSimulated, ...request }, signal) => (isSimulated ? inner : outgoing).fetch(request, signal)
}
