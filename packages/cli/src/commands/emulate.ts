import { randomUUID } from 'node:crypto'
import { edits, reacts, reports, types } from '@parley/protocol/client-acts'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import { type AdminClient, CliError } from '../admin-client.ts'
import { AppApi } from '../ephemeral/app-api.ts'
import { type ClientFaults, type ClientMessage, EmulatedClient } from '../ephemeral/emulated-client.ts'
import type { StartLine } from '../ephemeral/start-line.ts'
import { addNoun, addVerb, answer, type CommonOptions, toNumber } from '../server-command.ts'

type FromOptions = CommonOptions & ClientFaults & { from: string }
type WriteOptions = FromOptions & { message: ClientMessage[] }

export function addEmulateCommands(program: Command): void {
  const noun = addNoun(
    program,
    'emulate',
    'Clients, users and time on a server that was started with serve --ephemeral.',
  )
  addWrite(noun)
  addEdit(noun)
  addReact(noun)
  addType(noun)
  addRead(noun)
  addAnswer(noun)
  addClock(noun)
  addFault(noun)
  addVerb(noun, 'hooks', 'What the endpoint of the channel got so far.').action((options: CommonOptions) =>
    answer(
      options,
      (server) => server.get<{ items: unknown[] }>('/ephemeral/hooks'),
      ({ items }) => items.map((one) => JSON.stringify(one)).join('\n'),
    ),
  )
}

/** A verb of a client, with what may go wrong on its way. */
function addClientVerb(noun: Command, name: string, description: string): Command {
  return addVerb(noun, name, description)
    .option('--wrong-signature', 'signed wrongly')
    .option('--stale-date', 'signed a day ago')
}

const withFrom = (verb: Command) =>
  verb.option('--from <client>', "the client's id and name, and the id of the conversation", 'nora')

function addWrite(noun: Command): void {
  withFrom(addClientVerb(noun, 'write', 'A client writes one message, or several one after the other.'))
    .argument('[text...]', 'what')
    .option('--message <json>', MESSAGE_HELP, addMessage, [])
    .option('--twice', 'each arrives twice')
    .option('--reorder', 'the last one written arrives first')
    .action((texts: string[], options: WriteOptions) =>
      answer(
        options,
        async (server) => {
          const messages = [...texts.map((text) => ({ type: 'text', text })), ...options.message]
          if (messages.length === 0) throw new CliError('invalid_request', 'Say what: a text, or --message.')
          const { facts, now } = await getEmulated(server)
          return { sent: await new EmulatedClient(facts, options).write(options.from, messages, now) }
        },
        ({ sent }) => sent.map((one) => JSON.stringify(one)).join('\n'),
      ),
    )
}

const MESSAGE_HELP =
  'another kind, as the chats API takes it: {"type":"location","location":{"lon":18.06,"lat":59.33}}; may be given again'

function addMessage(text: string, others: ClientMessage[]): ClientMessage[] {
  const { type, ...rest } = toObject(text)
  if (typeof type !== 'string') throw new InvalidArgumentError('It must have a type.')
  return [...others, { type, ...rest }]
}

function toObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('It must be a JSON object.')
}

function addEdit(noun: Command): void {
  withFrom(addClientVerb(noun, 'edit', 'A client changes a message.'))
    .argument('<msgid>', 'as write printed it')
    .argument('<text>', 'what it says now')
    .action((msgid: string, text: string, options: FromOptions) =>
      asClient(options, '', ({ now }) => edits(options.from, msgid, { text, atMs: now.getTime() })),
    )
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function addReact(noun: Command): void {
  withFrom(addClientVerb(noun, 'react', 'A client reacts to a message.'))
    .argument('<message>', 'msgid as write printed it, or the id of an answer')
    .argument('[emoji]', 'absent: takes the reaction back')
    .action((message: string, emoji: string | undefined, options: FromOptions) =>
      asClient(options, '/react', () =>
        reacts(options.from, UUID.test(message) ? { id: message } : { msgid: message }, emoji),
      ),
    )
}

function addType(noun: Command): void {
  withFrom(addClientVerb(noun, 'type', 'A client is typing.')).action((options: FromOptions) =>
    asClient(options, '/typing', () => types(options.from)),
  )
}

function addRead(noun: Command): void {
  addClientVerb(noun, 'read', 'A client has read an answer.')
    .argument('<id>', 'of the answer, as answer printed it')
    .action((id: string, options: CommonOptions & ClientFaults) =>
      asClient(options, `/${encodeURIComponent(id)}/delivery_status`, () => reports(id, 'read', '')),
    )
}

interface Emulated {
  facts: StartLine
  now: Date
}

function asClient(
  options: CommonOptions & ClientFaults,
  path: string,
  makeBody: (emulated: Emulated) => unknown,
): Promise<void> {
  return answer(
    options,
    async (server) => {
      const emulated = await getEmulated(server)
      return { answer: await new EmulatedClient(emulated.facts, options).post(path, makeBody(emulated)) }
    },
    (done) => JSON.stringify(done.answer),
  )
}

/** @throws {CliError} the server is not a throw-away one */
async function getEmulated(server: AdminClient): Promise<Emulated> {
  const { facts, clock } = await server
    .get<{ facts: StartLine; clock: { now: string } }>('/ephemeral')
    .catch((error: unknown) => {
      if (!(error instanceof CliError) || error.code !== 'not_found') throw error
      throw new CliError(
        'not_ephemeral',
        'This server was not started with serve --ephemeral: nothing is emulated there.',
      )
    })
  return { facts, now: new Date(clock.now) }
}

interface ChatRow {
  id: string
  client: { name: string }
}

interface AnswerOptions extends CommonOptions {
  to: string
  byAdmin?: true
  file?: string
  with?: Readonly<Record<string, unknown>>
}

function addAnswer(noun: Command): void {
  addVerb(noun, 'answer', 'A user answers a client.')
    .argument('[text]', 'what; with a file, its caption', '')
    .option('--to <client>', 'as write named it in --from', 'nora')
    .option('--by-admin', 'the admin does, not the manager')
    .option('--file <path>', 'a file to go with it: picture, video, audio, or anything else')
    .option('--with <json>', 'more of the app API’s message: {"buttons":[[{"text":"Yes"}]]}', toObject)
    .action((text: string, { to, byAdmin, file, with: more, ...common }: AnswerOptions) =>
      answer(
        common,
        async (server) => {
          const { facts } = await getEmulated(server)
          const { url, admin, manager } = facts
          const app = new AppApi(url, byAdmin ? admin.token : manager.token)
          const { items } = await app.call<{ items: ChatRow[] }>('GET', '/chats?limit=100')
          const chat = items.find(({ client }) => client.name === to)
          if (!chat) throw new CliError('not_found', `No client ${to} is among the newest ${items.length} chats.`)
          const id = randomUUID()
          const attached = file === undefined ? {} : { file: await app.upload(file) }
          await app.call('POST', `/chats/${chat.id}/messages`, { ...more, id, text, ...attached })
          return { id, chat_id: chat.id }
        },
        ({ id }) => `Answer ${id} is on its way.`,
      ),
    )
}

function addClock(noun: Command): void {
  addVerb(noun, 'clock', 'Moves the time on; what is due by then happens now. Without a span it tells the time.')
    .argument('[span]', 'e.g. +90s, +1h, +2d', toMs)
    .action((advance_ms: number | undefined, options: CommonOptions) =>
      answer(
        options,
        async (server) => {
          await getEmulated(server)
          return server.post<{ now: string; ahead_ms: number }>('/ephemeral/clock', { advance_ms: advance_ms ?? 0 })
        },
        ({ now }) => `It is ${now}.`,
      ),
    )
}

interface FaultOptions extends CommonOptions {
  times?: number
  status?: number
  delayMs?: number
}

function addFault(noun: Command): void {
  addVerb(noun, 'fault', "What goes wrong with the next hooks at the channel's endpoint.")
    .addArgument(new Argument('<kind>', 'what').choices(['duplicate', 'delay', 'refuse', 'drop', 'none']))
    .option('--times <n>', 'with how many (else one)', toNumber)
    .option('--status <n>', 'refuse: with what (else 500)', toNumber)
    .option('--delay-ms <n>', 'delay: for how long (else 2000)', toNumber)
    .action((kind: string, { times, status, delayMs, ...common }: FaultOptions) =>
      answer(
        common,
        (server) =>
          server.post<{ fault: unknown }>('/ephemeral/hook-fault', { kind, times, status, delay_ms: delayMs }),
        ({ fault }) => JSON.stringify(fault),
      ),
    )
}

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function toMs(text: string): number {
  const [, amount, unit] = /^\+?(\d{1,9})([smhd])$/.exec(text) ?? []
  if (amount === undefined) throw new InvalidArgumentError('It must be a span like +90s, +15m, +1h or +2d.')
  return Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS]
}
