import { inspect } from 'node:util'
import type { StartError } from '@parley/server'
import { Command, CommanderError } from 'commander'
import { addAccountCommands } from './commands/account.ts'
import { addChannelCommands } from './commands/channel.ts'
import { addDeliveriesCommands } from './commands/deliveries.ts'
import { addEmulateCommands } from './commands/emulate.ts'
import { addOperatorCommands } from './commands/operator.ts'
import { addServeCommand } from './commands/serve.ts'
import { addTokenCommands } from './commands/token.ts'
import { addUserCommands } from './commands/user.ts'

/** Runs one command line (`process.argv`); answers the exit code. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const program = new Command('parley')
    .description('Parley, the open chat CRM: run it, and talk to the one that runs.')
    .exitOverride()
    .showHelpAfterError('(parley --help lists the commands)')
  addServeCommand(program)
  addAccountCommands(program)
  addUserCommands(program)
  addChannelCommands(program)
  addOperatorCommands(program)
  addTokenCommands(program)
  addDeliveriesCommands(program)
  addEmulateCommands(program)
  try {
    await program.parseAsync(argv)
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode // it has printed what was wrong
    process.stderr.write(`${isStartError(error) ? error.message : inspect(error)}\n`)
    return 1
  }
}

// By its name: only the command that starts a server loads it.
const isStartError = (error: unknown): error is StartError => error instanceof Error && error.name === 'StartError'
