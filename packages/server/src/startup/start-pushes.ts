import type { Config } from '../config.ts'
import type { Deps } from '../domain/deps.ts'
import { followForPushes } from '../domain/pushes/plan-pushes.ts'
import { followEvents } from '../events/follow-events.ts'
import type { Nudges } from '../events/nudges.ts'
import { startPushJob } from '../jobs/send-pushes.ts'
import { createGuardedFetch } from '../lib/guarded-fetch.ts'
import type { Closing } from './closing.ts'
import { getVapidKeys } from './vapid-keys.ts'

export interface Pushes {
  vapidPublicKey: string
  nudgePushes: () => void
}

/** Notifications on their way to browsers that nobody looks at. */
export async function startPushes(config: Config, deps: Deps, nudges: Nudges, closing: Closing): Promise<Pushes> {
  const { allowPrivateNetwork } = config
  const vapid = await getVapidKeys(deps.db, deps.secretBox)
  const outgoing = createGuardedFetch({ clock: deps.clock, allowPrivateNetwork, connectionsPerOrigin: 16 })
  closing.add('push connections', outgoing.close)
  const job = startPushJob({
    ...deps,
    vapid,
    send: outgoing.fetch,
    contact: () => contactOf(config, deps.publicUrl()),
    allowPlainHttp: allowPrivateNetwork,
  })
  closing.add('pushes', job.stop)
  const following = followEvents({ ...deps, nudges }, followForPushes(deps.clock, job.nudge))
  closing.add('follower pushes', following.stop)
  return { vapidPublicKey: vapid.publicKey, nudgePushes: job.nudge }
}

/** Where a push service may complain. */
function contactOf({ mailFrom }: Config, publicUrl: string): string {
  const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom ?? '')?.[0]
  if (address !== undefined) return `mailto:${address}`
  return publicUrl.startsWith('https:') ? publicUrl : `mailto:parley@${new URL(publicUrl).hostname}`
}
