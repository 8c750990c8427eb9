import { type Command, InvalidArgumentError, Option } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, table, toNumbers, toWords } from '../server-command.ts'
import { addCheckSignature } from './check-signature.ts'

interface CreateOptions extends CommonOptions {
  name: string
  code: string
  webhookUrl: string
  webhookUrlV1?: string
  accounts?: number[]
  events?: string[]
  errorEmail?: string
  public?: true
  legacySignature?: string
  hookRetry?: string
  set?: Record<string, unknown>
}

interface NewChannel {
  id: string
  code: string
  secret: string
  bot: { id: string; client_id: string; name: string }
  accounts: number[]
}

export function addChannelCommands(program: Command): void {
  const noun = addNoun(program, 'channel', 'Messengers that are connected by a service of their own.')

  addVerb(noun, 'create', 'Registers a channel, approved at once. Its secret is shown here and never again.')
    .requiredOption('--name <name>', 'as people see it')
    .requiredOption('--code <code>', 'symbolic and unique, e.g. harbor.chat')
    .requiredOption('--webhook-url <url>', 'where hooks go; :scope_id in it is replaced')
    .option('--webhook-url-v1 <url>', 'where hooks of version 1 go')
    .option('--accounts <ids>', 'accounts that may connect it: 31000001,31000002', toNumbers)
    .option('--events <list>', 'which hooks it wants: messages,typing,reactions', toWords)
    .option('--error-email <email>', 'who is written to when its endpoint fails')
    .option('--public', 'every account may connect it')
    .addOption(new Option('--legacy-signature <where>', 'the signature of 2017').choices(['none', 'core', 'all']))
    .addOption(new Option('--hook-retry <switch>', 'off: every hook is sent once').choices(['on', 'off']))
    .option('--set <name=value...>', SETTING_HELP, toSettings)
    .action((options: CreateOptions) =>
      answer(options, (server) => server.post('/channels', { ...toBody(options), ...options.set }), describe),
    )

  addVerb(noun, 'change', 'Changes settings of a channel and leaves the rest.')
    .argument('<id>', 'of the channel')
    .requiredOption('--set <name=value...>', SETTING_HELP, toSettings)
    .action((id: string, options: CommonOptions & { set: Record<string, unknown> }) =>
      answer(
        options,
        (server) => server.patch<{ id: string }>(`/channels/${encodeURIComponent(id)}`, options.set),
        () => `Channel ${id} is changed.`,
      ),
    )

  addCheckSignature(noun)
  addDecisions(noun)
  addSwitch(noun, 'switch-on', 'Sends to a channel again: all that waits is due now, in order.')
  addSwitch(noun, 'switch-off', 'Sends nothing more to a channel: what waits, and what comes, waits and is not lost.')
}

interface WaitingChannel {
  id: string
  code: string
  name: string
  account_id: number | null
  webhook_url: string | null
  is_public: boolean
  state: string
  change: Record<string, unknown> | null
  asked_at: string
}

function addDecisions(noun: Command): void {
  addVerb(
    noun,
    'requests',
    'Lists what accounts registered, or want to change, and what waits for you to decide.',
  ).action((options: CommonOptions) =>
    answer(options, (server) => server.get<{ items: WaitingChannel[] }>('/channels/requests'), describeRequests),
  )
  addDecision(noun, 'approve', 'approved', 'Lets a registration, or the change of one, through.')
  addDecision(noun, 'send-back', 'returned', 'Sends a registration back to be changed, and says what.')
  addDecision(noun, 'refuse', 'refused', 'Refuses a registration, or the change of one, and says why.')
}

function addDecision(noun: Command, verb: string, decision: string, description: string): void {
  const command = addVerb(noun, verb, description).argument('<id>', 'of the channel')
  const note = new Option('--note <text>', 'what whoever asked is told')
  command
    .addOption(note.makeOptionMandatory(decision !== 'approved'))
    .action((id: string, options: CommonOptions & { note?: string }) =>
      answer(
        options,
        (server) =>
          server.post<{ id: string; state: string }>(`/channels/${encodeURIComponent(id)}/decision`, {
            decision,
            note: options.note,
          }),
        ({ state }) => `Channel ${id} is ${state}.`,
      ),
    )
}

function describeRequests({ items }: { items: readonly WaitingChannel[] }): string {
  if (items.length === 0) return 'Nothing waits.'
  return items
    .map((one) =>
      table([
        ['id', one.id],
        ['name', `${one.name} (${one.code})`],
        ['account', String(one.account_id ?? 'none')],
        ['hooks to', one.webhook_url ?? 'nowhere'],
        ['for everyone', one.is_public ? 'yes' : 'no'],
        ['asks', one.change === null ? 'to be registered' : `to change ${JSON.stringify(one.change)}`],
        ['since', one.asked_at],
      ]),
    )
    .join('\n\n')
}

interface SwitchedChannel {
  id: string
  switched_off_at: string | null
}

function addSwitch(noun: Command, verb: 'switch-on' | 'switch-off', description: string): void {
  addVerb(noun, verb, description)
    .argument('<id>', 'of the channel')
    .action((id: string, options: CommonOptions) =>
      answer(
        options,
        (server) => server.post<SwitchedChannel>(`/channels/${encodeURIComponent(id)}/${verb}`),
        (channel) =>
          channel.switched_off_at === null
            ? `Channel ${id} is switched on.`
            : `Channel ${id} is switched off since ${channel.switched_off_at}.`,
      ),
    )
}

const SETTING_HELP = 'a setting by its name in the API, e.g. is_strict=true or reactions=["👍"]'

/** A value is JSON, or else a text. */
function toSettings(pair: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write name=value.')
  const value = pair.slice(at + 1)
  try {
    return { ...before, [pair.slice(0, at)]: JSON.parse(value) }
  } catch {
    return { ...before, [pair.slice(0, at)]: value }
  }
}

function toBody(options: CreateOptions) {
  return {
    name: options.name,
    code: options.code,
    webhook_url: options.webhookUrl,
    webhook_url_v1: options.webhookUrlV1,
    accounts: options.accounts,
    events: options.events,
    error_email: options.errorEmail,
    is_public: options.public,
    legacy_signature: options.legacySignature,
    hook_retry: options.hookRetry,
  }
}

function describe({ id, code, secret, bot, accounts }: NewChannel): string {
  const rows = [
    ['id', id],
    ['secret', `${secret}  (keep it: it is not shown again)`],
    ['bot', `${bot.id}  (client_id ${bot.client_id}, ${bot.name})`],
    ['accounts', accounts.length === 0 ? 'none named' : accounts.join(', ')],
  ] as const
  return `Channel ${code} is registered.\n${table(rows)}`
}
