import { AppError } from '../../lib/app-error.ts'
import { isPasswordOf } from '../accounts/password-hash.ts'
import type { Deps } from '../deps.ts'
import type { LogInLimiter } from '../users/log-in-limiter.ts'
import type { Viewer } from '../users/viewer.ts'

/**
 * What changes how somebody logs in asks for the password once more: an open screen alone must not be enough.
 * @throws {AppError} `invalid_request`; `too_many_attempts`
 */
export async function confirmPassword(
  { db, logInLimiter }: Pick<Deps, 'db'> & { logInLimiter: LogInLimiter },
  { account, user }: Viewer,
  password: string,
  { address, field }: { address: string; field: string },
): Promise<void> {
  const email = `password of ${account.id}.${user.id}`
  await logInLimiter.guard({ email, address }, async () => {
    const { password_hash } = await db
      .selectFrom('account_user')
      .select('password_hash')
      .where('account_id', '=', account.id)
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow()
    if (!(await isPasswordOf(password_hash, password)))
      throw new AppError('invalid_request', `${field}: this is not your password.`, { details: { field } })
  })
}
