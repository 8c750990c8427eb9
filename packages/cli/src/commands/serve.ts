import type { Command } from 'commander'
import { addEphemeralOptions, type EphemeralOptions } from '../ephemeral/ephemeral-options.ts'

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('Starts the server and stays until SIGTERM or Ctrl-C. Configured by PARLEY_… variables.')
  addEphemeralOptions(command).action(async (options: EphemeralOptions) => {
    // Only here: every other command asks a server that runs, and would wait a second for all that this one is made of.
    const { serveHere } = await import('../serve-here.ts')
    await serveHere(options)
  })
}
