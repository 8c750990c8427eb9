import type { Deps } from '../deps.ts'

/**
 * Tells everybody who runs this server that something came into the queue, or left it. After the commit: whatever goes wrong here,
 * what was asked for is done. Their screens read the queue when they come to it anyhow.
 */
export async function tellOperators({ db, whisper, log }: Pick<Deps, 'db' | 'whisper' | 'log'>): Promise<void> {
  try {
    const operators = await db
      .selectFrom('account_user')
      .select(['id', 'account_id'])
      .where('is_operator', '=', true)
      .where('disabled_at', 'is', null)
      .execute()
    for (const { id, account_id: accountId } of operators)
      whisper(accountId, { audience: null, userId: id, frame: { type: 'registrations' } })
  } catch (error) {
    log.error({ err: error }, 'operators could not be told of the queue')
  }
}
