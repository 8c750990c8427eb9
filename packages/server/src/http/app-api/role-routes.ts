import {
  changeGroupRequest,
  changeRoleRequest,
  deleteRoleQuery,
  type GroupId,
  newGroupRequest,
  newRoleRequest,
  type RoleId,
} from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { changeGroup, createGroup, deleteGroup, listGroups } from '../../domain/users/groups.ts'
import { changeRole, createRole, deleteRole, listRoles } from '../../domain/users/roles.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What people may do, and with whom they share: everybody sees it, admins change it. */
export function roleRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/roles', async (request) => ({ items: await listRoles(deps.db, viewerOf(request).account.id) }))

  app.post('/roles', async (request, reply) => {
    const actor = adminOf(request, 'make roles')
    return reply.code(201).send(await createRole(deps, actor, readInput(newRoleRequest, request.body)))
  })

  app.patch('/roles/:roleId', async (request) => {
    const actor = adminOf(request, 'change roles')
    return changeRole(deps, actor, roleOf(request), readInput(changeRoleRequest, request.body))
  })

  app.delete('/roles/:roleId', async (request, reply) => {
    const actor = adminOf(request, 'delete roles')
    const { moveTo } = readInput(deleteRoleQuery, request.query)
    await deleteRole(deps, actor, roleOf(request), moveTo as RoleId | undefined)
    return reply.code(204).send()
  })

  app.get('/groups', async (request) => ({ items: await listGroups(deps.db, viewerOf(request).account.id) }))

  app.post('/groups', async (request, reply) => {
    const actor = adminOf(request, 'make groups')
    return reply.code(201).send(await createGroup(deps, actor, readInput(newGroupRequest, request.body)))
  })

  app.patch('/groups/:groupId', async (request) => {
    const actor = adminOf(request, 'change groups')
    return changeGroup(deps, actor, groupOf(request), readInput(changeGroupRequest, request.body))
  })

  app.delete('/groups/:groupId', async (request, reply) => {
    await deleteGroup(deps, adminOf(request, 'delete groups'), groupOf(request))
    return reply.code(204).send()
  })
}

const roleOf = (request: { params: unknown }) => readNumber<RoleId>(request.params, 'roleId')
const groupOf = (request: { params: unknown }) => readNumber<GroupId>(request.params, 'groupId')
