import { type Command, Option } from 'commander'
import { CliError } from '../admin-client.ts'
import { addNoun, addVerb, answer, type CommonOptions, table, toNumber } from '../server-command.ts'

interface ListOptions extends CommonOptions {
  account?: number
  channel?: string
  state?: string
  limit?: number
  before?: string
}

interface ReplayOptions extends CommonOptions {
  channel?: string
  since?: string
  state?: string
}

interface Delivery {
  id: string
  account_id: number
  channel_id: string
  chat_id: string
  message_id: string | null
  kind: 'message' | 'reaction'
  state: 'waiting' | 'delivered' | 'given_up'
  attempts: number
  last_error: string | null
  created_at: string
  next_try_at: string | null
}

interface Attempt {
  attempt: number
  url: string
  started_at: string
  duration_ms: number
  status: number | null
  error: string | null
  reply: string | null
}

interface DeliveryDetails extends Omit<Delivery, 'attempts'> {
  payload: unknown
  attempts: Attempt[]
}

interface DeliveryPage {
  items: Delivery[]
  next: string | null
}

const stateOption = (description: string) =>
  new Option('--state <state>', description).choices(['waiting', 'delivered', 'given_up'])

export function addDeliveriesCommands(program: Command): void {
  const noun = addNoun(program, 'deliveries', 'Hooks that were sent to channels, and what came of them.')
  addList(noun)
  addShow(noun)
  addReplay(noun)
}

function addList(noun: Command): void {
  addVerb(noun, 'list', 'The delivery log, newest first.')
    .option('--account <id>', 'only this account', toNumber)
    .option('--channel <id>', 'only this channel')
    .addOption(stateOption('only these'))
    .option('--limit <n>', 'how many, 500 at most (else 50)', toNumber)
    .option('--before <id>', 'the page after: `next` of the page before')
    .action(({ account, channel, state, limit, before, ...common }: ListOptions) => {
      const query = { account: account?.toString(), channel, state, limit: limit?.toString(), before }
      return answer(common, (server) => server.get<DeliveryPage>('/deliveries', query), describeList)
    })
}

function addShow(noun: Command): void {
  addVerb(noun, 'show', 'One delivery with its payload and every try.')
    .argument('<id>', 'of the delivery')
    .action((id: string, options: CommonOptions) =>
      answer(options, (server) => server.get<DeliveryDetails>(`/deliveries/${encodeURIComponent(id)}`), describeOne),
    )
}

function addReplay(noun: Command): void {
  addVerb(noun, 'replay', 'Sends one again, or all of a channel since a time: the same bytes, id and signature.')
    .argument('[id]', 'of the delivery')
    .option('--channel <id>', 'all of this channel')
    .option('--since <time>', 'that were made since, e.g. 2026-03-03T10:15:30Z')
    .addOption(stateOption('only these of them'))
    .action((id: string | undefined, { channel, since, state, ...common }: ReplayOptions) => {
      if (id !== undefined) return replayOne(id, common)
      const body = { channel_id: channel, since, state }
      return answer(
        common,
        async (server) => {
          if (!channel || !since)
            throw new CliError('invalid_request', 'Name one delivery, or give --channel and --since.')
          return server.post<{ replayed: number }>('/deliveries/replay', body)
        },
        ({ replayed }) => `${replayed} ${replayed === 1 ? 'delivery goes' : 'deliveries go'} out again.`,
      )
    })
}

function replayOne(id: string, options: CommonOptions): Promise<void> {
  return answer(
    options,
    (server) => server.post<DeliveryDetails>(`/deliveries/${encodeURIComponent(id)}/replay`),
    (delivery) => `Delivery ${delivery.id} goes out again.`,
  )
}

function describeList({ items, next }: DeliveryPage): string {
  if (items.length === 0) return 'There is no such delivery.'
  const lines = items.map(
    (item) =>
      `${item.id}  ${item.created_at}  ${item.state.padEnd(9)}  ${item.kind}  ${item.attempts} tried  channel ${item.channel_id}${reasonOf(item)}`,
  )
  return next === null ? lines.join('\n') : `${lines.join('\n')}\nMore: --before ${next}`
}

function reasonOf({ last_error, next_try_at }: Delivery): string {
  const parts = [last_error, next_try_at && `next try ${next_try_at}`].filter(Boolean)
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`
}

function describeOne(delivery: DeliveryDetails): string {
  const rows = [
    ['state', delivery.state],
    ['account', delivery.account_id],
    ['channel', delivery.channel_id],
    ['chat', delivery.chat_id],
    ['kind', delivery.kind],
    ['message', delivery.message_id ?? '–'],
    ['made', delivery.created_at],
    ['next try', delivery.next_try_at ?? '–'],
  ] as const
  const tries = delivery.attempts.map(
    (made) =>
      `  ${made.attempt}.  ${made.started_at}  ${made.status ?? made.error}  ${made.duration_ms} ms  ${made.url}`,
  )
  const payload = JSON.stringify(delivery.payload, null, 2)
  return [`Delivery ${delivery.id}`, table(rows), ...(tries.length === 0 ? ['  not tried yet'] : tries), payload].join(
    '\n',
  )
}
