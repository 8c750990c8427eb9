import { AppError } from '../../lib/app-error.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import type { LogInLimiter } from '../users/log-in-limiter.ts'
import type { Viewer } from '../users/viewer.ts'
import { findMember, type OpenedSession, openSession, writeRefusal } from './log-in.ts'
import { countFailure, endStep, expired, getStep, type Step } from './log-in-steps.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { takeCode } from './totp.ts'
import type { Visitor } from './visitor.ts'

export type FinishDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'secretBox'> & { logInLimiter: LogInLimiter }

/**
 * The second step of a log-in: a code of the authenticator app, or a recovery code.
 * @throws {AppError} `log_in_expired`; `wrong_credentials`; `too_many_attempts`
 */
export async function finishWithCode(
  deps: FinishDeps,
  { ticket, code }: { ticket: string; code: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const { step, me } = await getLogIn(deps, ticket)
  return guardFactor(deps, me, visitor, async () => {
    try {
      return await openSession(deps, me, visitor, 'password_and_code', async (tx) => {
        await endStep(tx, 'second_factor', ticket, deps.clock.now())
        const who = { accountId: me.account.id, userId: me.user.id }
        if (await takeCode(tx, deps, who, code, 'confirmed')) return
        const now = deps.clock.now()
        if (!(await takeRecoveryCode(tx, who.accountId, who.userId, code, now))) throw wrongCode()
        const target = { kind: 'user', id: who.userId, name: me.user.name } as const
        await appendAudit(tx, { ...who, address: visitor.address }, { at: now, action: 'recovery_code.used', target })
      })
    } catch (error) {
      if (error instanceof AppError && error.code === 'wrong_credentials') {
        await countFailure(deps.db, step)
        await writeRefusal(deps, [{ accountId: me.account.id, user: me.user }], visitor, 'code')
      }
      throw error
    }
  })
}

/** Whose log-in a ticket is. @throws {AppError} `log_in_expired` */
export async function getLogIn(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ticket: string,
): Promise<{ step: Step; me: Viewer }> {
  const step = await getStep(db, 'second_factor', ticket, clock.now())
  const { accountId, userId } = step
  const me = accountId === null || userId === null ? undefined : await findMember(db, accountId, userId)
  if (!me) throw expired()
  return { step, me }
}

/** How often somebody may guess: by user, whatever the ticket, and by address. */
export function guardFactor<Answer>(
  { logInLimiter }: { logInLimiter: LogInLimiter },
  me: Viewer,
  { address }: Visitor,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  const email = `second step of ${me.account.id}.${me.user.id}`
  return logInLimiter.guard({ email, address: address ?? '' }, attempt)
}

const wrongCode = () => new AppError('wrong_credentials', 'The code is wrong, or was used before.')
