import { z } from 'zod'
import { line } from './fields.ts'

const id = z.int().positive()
const reach = z.enum(['none', 'own', 'group', 'all'], 'must be none, own, group or all')
const acts = z.object({ view: reach, edit: reach, delete: reach, export: reach })

const rights = z.object({ leads: acts, contacts: acts, tasks: acts, incoming: z.boolean(), figures: reach })

export const newRoleRequest = z.object({ name: line(100), rights })
export const changeRoleRequest = newRoleRequest.partial()

/** Who has the role then; null: the usual rights of a manager. */
export const deleteRoleQuery = z.object({ moveTo: z.coerce.number().int().positive().optional() })

const userIds = z.array(id).max(1000)

export const newGroupRequest = z.object({ name: line(100), userIds: userIds.default([]) })
/** With `userIds` these are its members, and nobody else. */
export const changeGroupRequest = z.object({ name: line(100).optional(), userIds: userIds.optional() })

const email = z.string().trim().min(1, 'must not be empty').max(255)
/** Whether it is good enough says the server. */
export const newPassword = z.string().min(1, 'must not be empty').max(1024)

/** An admin has no role of rights: he may do everything. */
const place = z.object({
  role: z.enum(['admin', 'manager'], 'must be admin or manager'),
  roleId: id.nullable(),
  groupId: id.nullable(),
})

export const newUserRequest = place
  .partial()
  .extend({ name: line(255), email, password: newPassword, role: place.shape.role.default('manager') })

/** What is left out stays as it is. */
export const changeUserRequest = place.partial().extend({ name: line(255).optional(), email: email.optional() })

export const disableUserRequest = z.object({
  /** Whose the leads, contacts and tasks become; null: nobody's; absent: they stay. */
  handOverTo: id.nullable().optional(),
})

export const handOverRequest = z.object({ to: id.nullable() })

export type NewRoleRequest = z.infer<typeof newRoleRequest>
export type ChangeRoleRequest = z.infer<typeof changeRoleRequest>
export type NewGroupRequest = z.infer<typeof newGroupRequest>
export type NewGroupInput = z.input<typeof newGroupRequest>
export type ChangeGroupRequest = z.infer<typeof changeGroupRequest>
export type NewUserRequest = z.infer<typeof newUserRequest>
export type NewUserInput = z.input<typeof newUserRequest>
export type ChangeUserRequest = z.infer<typeof changeUserRequest>
export type DisableUserRequest = z.infer<typeof disableUserRequest>
export type HandOverRequest = z.infer<typeof handOverRequest>

export const newInvitationRequest = place.partial().extend({
  /** Absent: a link for whoever is given it. */
  email: email.optional(),
  name: line(255).optional(),
  role: place.shape.role.default('manager'),
})

export const acceptInvitationRequest = z.object({ name: line(255), email: email.optional(), password: newPassword })

export type NewInvitationRequest = z.infer<typeof newInvitationRequest>
export type NewInvitationInput = z.input<typeof newInvitationRequest>
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequest>
