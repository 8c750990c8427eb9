import type { ChannelId } from '@parley/protocol/model'
import { tellConsole } from '../domain/channels/tell-console.ts'
import type { Deps } from '../domain/deps.ts'
import { throttleEach } from '../lib/throttle-each.ts'

const APART_MS = 1000

/** Tells the console of a channel that its hooks were tried, now and then. */
export function tellTries({ db, whisper, log }: Pick<Deps, 'db' | 'whisper' | 'log'>) {
  return throttleEach<ChannelId>(APART_MS, (channelId) => {
    const ended = db
      .selectFrom('channel')
      .select('owner_account_id')
      .where('id', '=', channelId)
      .executeTakeFirst()
      .then((row) => {
        if (row?.owner_account_id) tellConsole(whisper, { accountId: row.owner_account_id, channelId }, 'deliveries')
      })
    // The next try tells it again.
    ended.catch((error: unknown) => log.debug({ err: error }, 'a try could not be told to its console'))
  })
}
