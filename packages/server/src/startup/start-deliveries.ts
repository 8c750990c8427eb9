import type { Config } from '../config.ts'
import type { Deps } from '../domain/deps.ts'
import { type DeliveryJob, startDeliveryJob } from '../jobs/deliver-hooks.ts'
import { mailNotices } from '../jobs/mail-notices.ts'
import { tellTries } from '../jobs/tell-tries.ts'
import { watchEndpoints } from '../jobs/watch-endpoints.ts'
import { createGuardedFetch } from '../lib/guarded-fetch.ts'
import type { Closing } from './closing.ts'
import { openHookWays } from './hook-ways.ts'

/** Hooks on their way, an eye on the endpoints, and mail to their people. */
export function startDeliveries(config: Config, deps: Deps, closing: Closing): DeliveryJob {
  const { allowPrivateNetwork } = config
  const notify = mailNotices(deps.mailer, deps.publicUrl)
  const outgoing = createGuardedFetch({ clock: deps.clock, allowPrivateNetwork })
  closing.add('outgoing connections', outgoing.close)
  const tries = tellTries(deps)
  closing.add('word of tries', async () => tries.stop())
  const send = openHookWays(deps, outgoing, closing)
  const job = startDeliveryJob({ ...deps, pool: deps.hotPool, send, notify, onTry: tries.call })
  closing.add('deliveries', job.stop)
  closing.add('watch over endpoints', watchEndpoints({ ...deps, notify }).stop)
  return job
}
