import type { CaughtHook, HookAnswer } from '@parley/protocol/model'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'
import { appendEntries } from './entries.ts'
import { toHookAnswer } from './get-simulator.ts'

export type ArrivedHook = Omit<CaughtHook, 'answer'>

/** As a channel that checks signatures does, whatever was chosen. */
const REFUSED: HookAnswer = { kind: 'status', status: 403 }

/** Remembers a hook that came in a channel's place, and answers what is to be answered. */
export async function takeHook(
  deps: Pick<Deps, 'db' | 'clock' | 'whisper'>,
  { accountId, channelId }: Scope,
  hook: ArrivedHook,
): Promise<HookAnswer> {
  const answer = hook.signature.isRight ? await chosenAnswer(deps, { accountId, channelId }) : REFUSED
  const entry = { kind: 'hook' as const, at: deps.clock.now(), hook: { ...hook, answer } }
  await appendEntries(deps, { accountId, channelId }, [entry])
  return answer
}

async function chosenAnswer(
  { db }: Pick<Deps, 'db'>,
  { accountId, channelId }: Pick<Scope, 'accountId' | 'channelId'>,
): Promise<HookAnswer> {
  const row = await db
    .selectFrom('channel')
    .select('simulated_answer')
    .where('owner_account_id', '=', accountId)
    .where('id', '=', channelId)
    .executeTakeFirst()
  return toHookAnswer(row?.simulated_answer)
}
