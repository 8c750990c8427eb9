import type { Command } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, toNumber } from '../server-command.ts'

interface Operator {
  id: number
  account_id: number
  email: string
  name: string
}

type Options = CommonOptions & { account?: number }

export function addOperatorCommands(program: Command): void {
  const noun = addNoun(program, 'operator', 'Users who run this server: they decide about channels on the screen.')
  addChange(noun, 'add', '/operators', 'is an operator now.')
  addChange(noun, 'remove', '/operators/remove', 'is no operator any more.')
  addVerb(noun, 'list', 'Who they are.').action((options: CommonOptions) =>
    answer(options, (server) => server.get<{ items: Operator[] }>('/operators'), describeList),
  )
}

function addChange(noun: Command, verb: 'add' | 'remove', path: string, done: string): void {
  addVerb(noun, verb, verb === 'add' ? 'Makes a user an operator.' : 'Takes that from a user.')
    .argument('<email>', 'what the user logs in with')
    .option('--account <id>', 'whose user, where several accounts have one of this e-mail', toNumber)
    .action((email: string, { account, ...options }: Options) =>
      answer(
        options,
        (server) => server.post<Operator>(path, { email, account_id: account }),
        (one) => `${one.name} (${one.email}, account ${one.account_id}) ${done}`,
      ),
    )
}

function describeList({ items }: { items: readonly Operator[] }): string {
  if (items.length === 0) return 'There is none: parley operator add EMAIL makes one.'
  return items.map(({ account_id, email, name }) => `${account_id}  ${email}  ${name}`).join('\n')
}
