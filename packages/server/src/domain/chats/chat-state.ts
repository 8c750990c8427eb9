import type { ChatState } from '@parley/protocol/model'

/** As numbers in the database: the place in this list. */
export const CHAT_STATES: readonly ChatState[] = ['open', 'snoozed', 'closed']

/**
 * What state a row of `chat_state` is in, as SQL. A message opens a closed or snoozed chat without knowing of it: it opens a
 * talk where there is none, and makes more unread than there was when the chat was closed or put to rest. Whoever writes
 * `unread` otherwise clears what was meant for a time that is over.
 */
export const stateSql = (s: string): string =>
  `(case
    when ${s}.closed_at is not null and ${s}.talk_id is null and ${s}.unread <= ${s}.rest_unread then 2
    when ${s}.snoozed_until is not null and ${s}.unread <= ${s}.rest_unread then 1
    else 0 end)::smallint`
