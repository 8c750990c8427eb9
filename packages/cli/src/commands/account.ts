import type { Command } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, table } from '../server-command.ts'

interface CreateOptions extends CommonOptions {
  name: string
  subdomain: string
  ownerEmail: string
  ownerPassword: string
  ownerName?: string
}

interface NewAccount {
  id: number
  subdomain: string
  amojo_id: string
  owner: { id: number; amojo_id: string; email: string }
}

interface AccountList {
  items: { id: number; name: string; subdomain: string; amojo_id: string }[]
}

export function addAccountCommands(program: Command): void {
  const noun = addNoun(program, 'account', 'Companies on this server.')

  addVerb(noun, 'create', 'Opens an account with its first admin.')
    .requiredOption('--name <name>', 'of the company')
    .requiredOption('--subdomain <word>', 'a-z, 0-9 and -, 3 to 63 characters; unique')
    .requiredOption('--owner-email <email>', 'the first admin')
    .requiredOption('--owner-password <password>', 'at least 8 characters')
    .option('--owner-name <name>', 'else what stands before the @')
    .action((options: CreateOptions) =>
      answer(options, (server) => server.post('/accounts', toBody(options)), describe),
    )

  addVerb(noun, 'list', 'All accounts.').action((options: CommonOptions) =>
    answer(options, (server) => server.get<AccountList>('/accounts'), describeList),
  )
}

function toBody(options: CreateOptions) {
  return {
    name: options.name,
    subdomain: options.subdomain,
    owner_email: options.ownerEmail,
    owner_password: options.ownerPassword,
    owner_name: options.ownerName,
  }
}

function describe({ id, subdomain, amojo_id, owner }: NewAccount): string {
  const rows = [
    ['id', id],
    ['amojo_id', amojo_id],
    ['owner', `${owner.email} (user ${owner.id}, amojo_id ${owner.amojo_id})`],
  ] as const
  return `Account ${subdomain} is open.\n${table(rows)}`
}

function describeList({ items }: AccountList): string {
  if (items.length === 0) return 'There is no account yet.'
  return items.map(({ id, subdomain, name, amojo_id }) => `${id}  ${subdomain}  ${amojo_id}  ${name}`).join('\n')
}
