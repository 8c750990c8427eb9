import { type AccountId, type ChannelId, decideChannelRequest } from '@parley/protocol/model'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import { listAccounts } from '../../domain/accounts/account-queries.ts'
import { createAccount } from '../../domain/accounts/create-account.ts'
import { changeChannel, createChannel } from '../../domain/channels/create-channel.ts'
import type { Deps } from '../../domain/deps.ts'
import { decideChannel } from '../../domain/moderation/decide-channel.ts'
import { listOperators, setOperator } from '../../domain/moderation/operators.ts'
import { listRegistrations } from '../../domain/moderation/registrations.ts'
import { createToken } from '../../domain/users/api-tokens.ts'
import { createUser } from '../../domain/users/create-user.ts'
import { listUsers } from '../../domain/users/user-queries.ts'
import { answerJsonErrors } from '../middleware/answer-json-errors.ts'
import { readNumber, readUuid } from '../middleware/read-input.ts'
import {
  changedChannel,
  compact,
  newAccount,
  newChannel,
  newToken,
  newUser,
  operatorWish,
  parseInput,
  toChannelSettings,
} from './admin-schemas.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { type EphemeralOptions, ephemeralRoutes } from './ephemeral-routes.ts'
import { nameAsSent } from './name-as-sent.ts'
import {
  presentAccount,
  presentChannel,
  presentNewAccount,
  presentOperator,
  presentRegistration,
  presentUser,
} from './present-admin.ts'
import { requireAdminToken } from './require-admin-token.ts'

export interface AdminOptions {
  adminToken: string
  /** Only on a throw-away server. */
  ephemeral: EphemeralOptions | undefined
}

/** For the operator: whoever holds the admin token. `parley …` is its client, so the shapes are the command line's. */
export function adminRoutes(app: FastifyInstance, deps: Deps, { adminToken, ephemeral }: AdminOptions): void {
  answerJsonErrors(app)
  app.addHook('onRequest', requireAdminToken(adminToken))
  const routes: FastifyPluginCallback = (scope, _options, done) => {
    accountRoutes(scope, deps)
    userRoutes(scope, deps)
    channelRoutes(scope, deps)
    operatorRoutes(scope, deps)
    deliveryRoutes(scope, deps)
    if (ephemeral) ephemeralRoutes(scope, ephemeral)
    done()
  }
  app.register(routes, { prefix: '/api/admin/v1' })
}

function accountRoutes(app: FastifyInstance, deps: Deps): void {
  app.get('/accounts', async () => ({ items: (await listAccounts(deps.db)).map(presentAccount) }))

  app.post('/accounts', async (request) => {
    const { name, subdomain, owner_email, owner_password, owner_name } = parseInput(newAccount, request.body)
    const owner = { ownerEmail: owner_email, ownerPassword: owner_password, ownerName: owner_name }
    return presentNewAccount(await nameAsSent(createAccount(deps, compact({ name, subdomain, ...owner }))))
  })

  app.get('/accounts/:id/users', async (request) => ({
    items: (await listUsers(deps.db, readNumber<AccountId>(request.params, 'id'))).map(presentUser),
  }))
}

function userRoutes(app: FastifyInstance, deps: Deps): void {
  app.post('/users', async (request) => {
    const { account_id, ...user } = parseInput(newUser, request.body)
    return presentUser(await nameAsSent(createUser(deps, { accountId: account_id, ...user })))
  })

  app.post('/tokens', async (request) => {
    const { account_id, user_id, lifetime_days } = parseInput(newToken, request.body)
    const { token, expiresAt } = await createToken(deps, {
      accountId: account_id,
      userId: user_id,
      lifetimeDays: lifetime_days,
    })
    return { token, expires_at: expiresAt.toISOString() }
  })
}

function channelRoutes(app: FastifyInstance, deps: Deps): void {
  app.post('/channels', async (request) => {
    const given = parseInput(newChannel, request.body)
    const wanted = compact({ name: given.name, code: given.code, accountIds: given.accounts })
    return presentChannel(await nameAsSent(createChannel(deps, { ...wanted, ...toChannelSettings(given) })))
  })

  app.get('/channels/requests', async () => ({
    items: (await listRegistrations(deps.db)).map(presentRegistration),
  }))

  app.post('/channels/:channelId/decision', async (request) => {
    const decided = parseInput(decideChannelRequest, request.body)
    return decideChannel(deps, null, readUuid<ChannelId>(request.params, 'channelId'), decided)
  })

  app.patch('/channels/:channelId', async (request) => {
    const given = parseInput(changedChannel, request.body)
    const id = readUuid<ChannelId>(request.params, 'channelId')
    await nameAsSent(changeChannel(deps, id, toChannelSettings(given)))
    return { id, ...given }
  })
}

function operatorRoutes(app: FastifyInstance, deps: Deps): void {
  const setFrom = async (body: unknown, isOperator: boolean) => {
    const { email, account_id: accountId } = parseInput(operatorWish, body)
    return presentOperator(await nameAsSent(setOperator(deps, { email, accountId, isOperator })))
  }

  app.get('/operators', async () => ({ items: (await listOperators(deps.db)).map(presentOperator) }))
  app.post('/operators', (request) => setFrom(request.body, true))
  app.post('/operators/remove', (request) => setFrom(request.body, false))
}
