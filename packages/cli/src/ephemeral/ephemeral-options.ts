import type { Command } from 'commander'
import { toNumber } from '../server-command.ts'

export interface EphemeralOptions {
  ephemeral?: true
  json?: true
  port?: number
  webhookUrl?: string
}

export function addEphemeralOptions(command: Command): Command {
  return command
    .option(
      '--ephemeral',
      'a throw-away server with a connected sandbox, for tests: nothing of it is left when it ends',
    )
    .option('--json', 'with --ephemeral: print one JSON line with all a test needs, and nothing else')
    .option('--port <n>', 'with --ephemeral: this port (else a free one)', toNumber)
    .option('--webhook-url <url>', 'with --ephemeral: where the hooks go on to; :scope_id in it is replaced')
}
