import { type Command, Option } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, toNumber } from '../server-command.ts'

interface CreateOptions extends CommonOptions {
  account: number
  email: string
  password: string
  name: string
  role: 'admin' | 'manager'
}

interface User {
  id: number
  amojo_id: string
  email: string
  role: string
}

export function addUserCommands(program: Command): void {
  const noun = addNoun(program, 'user', 'People who work in an account.')

  addVerb(noun, 'create', 'Adds somebody to an account.')
    .requiredOption('--account <id>', 'the account', toNumber)
    .requiredOption('--email <email>', 'to log in with; once per account')
    .requiredOption('--password <password>', 'at least 8 characters')
    .requiredOption('--name <name>', 'as colleagues see it')
    .addOption(new Option('--role <role>', 'what they may do').choices(['admin', 'manager']).default('manager'))
    .action(({ account, email, password, name, role, ...common }: CreateOptions) =>
      answer(
        common,
        (server) => server.post<User>('/users', { account_id: account, email, password, name, role }),
        (user) => `User ${user.id} (${user.email}, ${user.role}) is in. amojo_id ${user.amojo_id}`,
      ),
    )

  addVerb(noun, 'list', 'Who works in an account.')
    .requiredOption('--account <id>', 'the account', toNumber)
    .action(({ account, ...common }: CommonOptions & { account: number }) =>
      answer(common, (server) => server.get<{ items: User[] }>(`/accounts/${account}/users`), describeList),
    )
}

function describeList({ items }: { items: User[] }): string {
  if (items.length === 0) return 'There is nobody in this account.'
  return items.map(({ id, role, email, amojo_id }) => `${id}  ${role.padEnd(7)}  ${email}  ${amojo_id}`).join('\n')
}
