import { type Command, InvalidArgumentError, Option } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, table, toNumbers, toWords } from '../server-command.ts'

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

  addSwitch(noun, 'switch-on', 'Sends to a channel again: all that waits is due now, in order.')
  addSwitch(noun, 'switch-off', 'Sends nothing more to a channel: what waits, and what comes, waits and is not lost.')
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
