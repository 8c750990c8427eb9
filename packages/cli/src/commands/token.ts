import type { Command } from 'commander'
import { addNoun, addVerb, answer, type CommonOptions, toNumber } from '../server-command.ts'

interface CreateOptions extends CommonOptions {
  account: number
  user?: number
  days?: number
}

interface NewToken {
  token: string
  expires_at: string
}

export function addTokenCommands(program: Command): void {
  const noun = addNoun(program, 'token', 'Long-lived bearer tokens for programs.')

  addVerb(noun, 'create', 'Makes a token. It is shown here and never again.')
    .requiredOption('--account <id>', 'the account', toNumber)
    .option('--user <id>', "in whose name it acts; else the account's first admin", toNumber)
    .option('--days <n>', 'how long it lasts (else five years)', toNumber)
    .action(({ account, user, days, ...common }: CreateOptions) =>
      answer(
        common,
        (server) => server.post<NewToken>('/tokens', { account_id: account, user_id: user, lifetime_days: days }),
        ({ token, expires_at }) => `${token}\nIt lasts until ${expires_at}; keep it: it is not shown again.`,
      ),
    )
}
