import { purgeRequests } from '../domain/channel-requests/purge-requests.ts'
import { RequestLog } from '../domain/channel-requests/request-log.ts'
import type { Deps } from '../domain/deps.ts'
import { tendDuties } from '../jobs/tend-duties.ts'
import { startRequestWriter } from '../jobs/write-requests.ts'
import type { Closing } from './closing.ts'

const PURGE_EVERY_MS = 10 * 60_000

/** What channels ask, for their consoles: heard, written down, and gone after a week. */
export function startRequestLog(deps: Deps, closing: Closing): RequestLog {
  const log = new RequestLog(deps.clock)
  closing.add('request log', startRequestWriter(deps, log).stop)
  const purge = { name: 'requests to forget', run: () => purgeRequests(deps), everyMs: PURGE_EVERY_MS }
  closing.add('purge of requests', tendDuties(deps, [purge]).stop)
  return log
}
