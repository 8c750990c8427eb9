import {
  changeUserRequest,
  disableUserRequest,
  type GroupId,
  handOverRequest,
  newUserRequest,
  type RoleId,
  type UserId,
} from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { handOver, letUserGo } from '../../domain/hand-overs/hand-over.ts'
import { makePasswordLink } from '../../domain/security/passwords.ts'
import { dropSecondFactor } from '../../domain/security/second-factor.ts'
import { changeUser } from '../../domain/users/change-user.ts'
import { createUser } from '../../domain/users/create-user.ts'
import { endSessionsOf } from '../../domain/users/sessions.ts'
import { enableUser } from '../../domain/users/switch-user.ts'
import { getUser, listTeam, listUsers } from '../../domain/users/user-queries.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** Who works here: everybody sees it, admins change it. */
export function userRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/users', async (request) => ({ items: await listUsers(deps.db, viewerOf(request).account.id) }))

  app.get('/team', async (request) => ({
    items: await listTeam(deps.db, adminOf(request, 'see everybody who ever worked here').accountId),
  }))

  app.post('/users', async (request, reply) => {
    const actor = adminOf(request, 'make users')
    const { accountId } = actor
    const { name, email, password, role, roleId = null, groupId = null } = readInput(newUserRequest, request.body)
    const place = { role, roleId: roleId as RoleId | null, groupId: groupId as GroupId | null }
    const { id } = await createUser(deps, { accountId, actor, name, email, password, ...place })
    return reply.code(201).send(await getUser(deps.db, accountId, id))
  })

  app.patch('/users/:userId', async (request) => {
    const actor = adminOf(request, 'change users')
    return changeUser(deps, actor, userOf(request), readInput(changeUserRequest, request.body))
  })

  app.post('/users/:userId/disable', async (request, reply) => {
    const actor = adminOf(request, 'switch users off')
    const { handOverTo } = readInput(disableUserRequest, request.body)
    await letUserGo(deps, actor, userOf(request), handOverTo as UserId | null | undefined)
    return reply.code(204).send()
  })

  app.post('/users/:userId/enable', async (request, reply) => {
    await enableUser(deps, adminOf(request, 'switch users on'), userOf(request))
    return reply.code(204).send()
  })

  app.post('/users/:userId/password-link', async (request) =>
    makePasswordLink(deps, adminOf(request, 'make links to new passwords'), userOf(request)),
  )

  app.delete('/users/:userId/sessions', async (request, reply) => {
    const actor = adminOf(request, "end somebody's sessions")
    await endSessionsOf(deps, actor, await getUser(deps.db, actor.accountId, userOf(request)), {})
    return reply.code(204).send()
  })

  app.delete('/users/:userId/second-factor', async (request, reply) => {
    await dropSecondFactor(deps, adminOf(request, "take somebody's second factor away"), userOf(request))
    return reply.code(204).send()
  })

  app.post('/users/:userId/hand-over', async (request) => {
    const actor = adminOf(request, "hand somebody's leads over")
    const { to } = readInput(handOverRequest, request.body)
    return handOver(deps, actor, userOf(request), to as UserId | null)
  })
}

const userOf = (request: { params: unknown }) => readNumber<UserId>(request.params, 'userId')
