import type { AccountId, AuthorKind, ChannelId, ChatId, MessageId, UserId, WorkingHours } from '@parley/protocol/model'
import { columns, type Runner, run, statementsOf } from '../../db/statement.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import { toLocalMs } from '../../lib/local-time.ts'
import { workingMs } from '../../lib/working-ms.ts'
import { bucketOf } from './buckets.ts'
import { NOBODY } from './count-leads.ts'
import { type ChatAnswers, type ChatStep, NEW_CHAT, stepChat, type Wait } from './step-chat.ts'

/** How an account counts its time. */
export interface AccountTime {
  timeZone: string
  workingHours: WorkingHours | null
}

interface MessageRow {
  id: MessageId
  chat_id: ChatId
  channel_id: ChannelId
  author_kind: AuthorKind
  user_id: UserId | null
  sent_at: Date
  received_at: Date
}

const statement = statementsOf('figures')

const selectMessages = statement(
  'messages',
  `select m.id, m.chat_id, c.channel_id, m.author_kind, u.id as user_id, m.sent_at, m.received_at
   from message m
   join chat c on c.account_id = m.account_id and c.id = m.chat_id
   left join account_user u on m.author_kind = 'user' and u.account_id = m.account_id and u.amojo_id = m.author_id
   where m.account_id = $1 and m.id = any ($2::uuid[])`,
)

const selectStates = statement(
  'answer_states',
  `select chat_id, asked_at, last_asked_at, is_answered, has_lead, is_over
   from answer_state where account_id = $1 and chat_id = any ($2::uuid[])`,
)

const saveStates = statement(
  'save_answer_states',
  `insert into answer_state (account_id, chat_id, asked_at, last_asked_at, is_answered, has_lead, is_over)
   select $1, * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::boolean[], $6::boolean[], $7::boolean[])
   on conflict (account_id, chat_id) do update set asked_at = excluded.asked_at, last_asked_at = excluded.last_asked_at,
     is_answered = excluded.is_answered, has_lead = excluded.has_lead, is_over = excluded.is_over`,
)

const addMessages = statement(
  'add_messages',
  `insert into figure_message as t (account_id, hour, channel_id, user_id, received, sent)
   select $1, * from unnest($2::timestamp[], $3::uuid[], $4::bigint[], $5::int[], $6::int[])
   on conflict (account_id, hour, channel_id, user_id) do update
   set received = t.received + excluded.received, sent = t.sent + excluded.sent`,
)

const addAnswers = statement(
  'add_answers',
  `insert into figure_answer as t (account_id, hour, channel_id, user_id, kind, within, bucket, n)
   select $1, k.*, count(*)
   from unnest($2::timestamp[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::smallint[]) k (hour, channel_id, user_id, kind, within, bucket)
   group by hour, channel_id, user_id, kind, within, bucket
   on conflict (account_id, hour, channel_id, user_id, kind, within, bucket) do update set n = t.n + excluded.n`,
)

/** Counts the messages that these events tell of, and how long clients waited for answers. */
export async function countMessages(
  client: Runner,
  accountId: AccountId,
  time: AccountTime,
  events: readonly StoredEvent[],
): Promise<void> {
  const ids = events.flatMap((event) => (isMessage(event) && event.message_id !== null ? [event.message_id] : []))
  const rows = ids.length === 0 ? [] : await run<MessageRow>(client, selectMessages, [accountId, ids])
  if (rows.length > 0) await run(client, addMessages, [accountId, ...messageCells(rows, time.timeZone)])
  await countAnswers(client, accountId, time, events, new Map(rows.map((row) => [row.id, row])))
}

const isMessage = ({ type }: StoredEvent) => type === 'message.received' || type === 'message.sent'
const userOf = (row: MessageRow) => row.user_id ?? NOBODY

/** The hour the wall clock showed, as PostgreSQL reads it. */
const hourOf = (atMs: number, timeZone: string) =>
  `${new Date(toLocalMs(atMs, timeZone)).toISOString().slice(0, 13)}:00:00`

function messageCells(rows: readonly MessageRow[], timeZone: string): unknown[][] {
  const cells = new Map<string, { hour: string; row: MessageRow; received: number; sent: number }>()
  for (const row of rows) {
    const hour = hourOf(row.sent_at.getTime(), timeZone)
    const key = `${hour} ${row.channel_id} ${userOf(row)}`
    const cell = cells.get(key) ?? { hour, row, received: 0, sent: 0 }
    cells.set(key, cell)
    if (row.author_kind === 'client') cell.received++
    else cell.sent++
  }
  return columns(
    [...cells.values()],
    ({ hour }) => hour,
    ({ row }) => row.channel_id,
    ({ row }) => userOf(row),
    ({ received }) => received,
    ({ sent }) => sent,
  )
}

interface Answer extends Wait {
  row: MessageRow
}

async function countAnswers(
  client: Runner,
  accountId: AccountId,
  time: AccountTime,
  events: readonly StoredEvent[],
  messages: ReadonlyMap<MessageId, MessageRow>,
): Promise<void> {
  const chatIds = [...new Set(events.flatMap((event) => (stepOf(event, messages) ? [event.chat_id!] : [])))]
  if (chatIds.length === 0) return
  const states = await readStates(client, accountId, chatIds)
  const answers: Answer[] = []
  for (const event of events) {
    const step = stepOf(event, messages)
    if (!step) continue
    const { state, wait } = stepChat(states.get(event.chat_id!) ?? NEW_CHAT, step)
    states.set(event.chat_id!, state)
    if (wait) answers.push({ ...wait, row: messages.get(event.message_id!)! })
  }
  await run(client, saveStates, [accountId, ...stateColumns(states)])
  if (answers.length > 0) await run(client, addAnswers, [accountId, ...answerCells(answers, time)])
}

const LEAD_STEPS = new Set(['lead.created', 'lead.declined', 'lead.deleted', 'lead.restored'])

function stepOf(event: StoredEvent, messages: ReadonlyMap<MessageId, MessageRow>): ChatStep | undefined {
  if (event.chat_id === null) return undefined
  if (!isMessage(event)) return LEAD_STEPS.has(event.type) ? ({ type: event.type } as ChatStep) : undefined
  const row = event.message_id === null ? undefined : messages.get(event.message_id)
  if (!row) return undefined
  const times = { sentAt: row.sent_at.getTime(), receivedAt: row.received_at.getTime() }
  return { type: event.type, by: row.author_kind, ...times } as ChatStep
}

interface StateRow {
  chat_id: ChatId
  asked_at: Date | null
  last_asked_at: Date | null
  is_answered: boolean
  has_lead: boolean
  is_over: boolean
}

async function readStates(
  client: Runner,
  accountId: AccountId,
  chatIds: readonly ChatId[],
): Promise<Map<ChatId, ChatAnswers>> {
  const rows = await run<StateRow>(client, selectStates, [accountId, chatIds])
  return new Map(
    rows.map((row) => [
      row.chat_id,
      {
        askedAt: row.asked_at?.getTime() ?? null,
        lastAskedAt: row.last_asked_at?.getTime() ?? null,
        isAnswered: row.is_answered,
        hasLead: row.has_lead,
        isOver: row.is_over,
      },
    ]),
  )
}

const toTime = (ms: number | null) => (ms === null ? null : new Date(ms))

const stateColumns = (states: ReadonlyMap<ChatId, ChatAnswers>) =>
  columns(
    [...states],
    ([chatId]) => chatId,
    ([, state]) => toTime(state.askedAt),
    ([, state]) => toTime(state.lastAskedAt),
    ([, state]) => state.isAnswered,
    ([, state]) => state.hasLead,
    ([, state]) => state.isOver,
  )

function answerCells(answers: readonly Answer[], { timeZone, workingHours }: AccountTime): unknown[][] {
  const cells = answers.flatMap(({ from, to, isFirst, row }) => {
    const clock = to - from
    const working = workingHours ? workingMs(from, to, workingHours, timeZone) : clock
    const cell = { hour: hourOf(from, timeZone), row }
    const each = [
      { ...cell, within: 'clock', bucket: bucketOf(clock) },
      { ...cell, within: 'working', bucket: bucketOf(working) },
    ]
    return (isFirst ? ['first', 'each'] : ['each']).flatMap((kind) => each.map((one) => ({ ...one, kind })))
  })
  return columns(
    cells,
    ({ hour }) => hour,
    ({ row }) => row.channel_id,
    ({ row }) => userOf(row),
    ({ kind }) => kind,
    ({ within }) => within,
    ({ bucket }) => bucket,
  )
}
