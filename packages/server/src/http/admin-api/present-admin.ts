import type { Account, AccountId, Registration, Role, User } from '@parley/protocol/model'
import type { CreatedAccount } from '../../domain/accounts/create-account.ts'
import type { Operator } from '../../domain/moderation/operators.ts'

/** Field by field, so that a new column never shows by itself. */
export function presentNewAccount({ id, subdomain, amojoId, owner }: CreatedAccount) {
  return { id, subdomain, amojo_id: amojoId, owner: { id: owner.id, amojo_id: owner.amojoId, email: owner.email } }
}

export function presentAccount({ id, name, subdomain, amojoId, timeZone, currency }: Account) {
  return { id, name, subdomain, amojo_id: amojoId, time_zone: timeZone, currency }
}

export function presentUser({ id, amojoId, email, role }: Pick<User, 'id' | 'amojoId' | 'email'> & { role: Role }) {
  return { id, amojo_id: amojoId, email, role }
}

interface NewChannel {
  id: string
  code: string
  secret: string
  bot: { id: string; clientId: string; name: string }
  accountIds: readonly AccountId[]
}

/** The secret is shown here and nowhere else. */
export function presentChannel({ id, code, secret, bot, accountIds }: NewChannel) {
  return { id, code, secret, bot: { id: bot.id, client_id: bot.clientId, name: bot.name }, accounts: accountIds }
}

export function presentRegistration(one: Registration) {
  const { id, code, name, owner, webhookUrl, isPublic, about, state, waiting, askedAt } = one
  return {
    id,
    code,
    name,
    account_id: owner?.id ?? null,
    webhook_url: webhookUrl,
    is_public: isPublic,
    about,
    state,
    change: Object.keys(waiting).length > 0 ? waiting : null,
    asked_at: new Date(askedAt).toISOString(),
  }
}

export function presentOperator({ id, accountId, email, name }: Operator) {
  return { id, account_id: accountId, email, name }
}
