import type { Me, RightAct, RightArea, User, UserId } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'

/** Who asks, and what he may see. */
export interface Viewer extends Me {
  /** The users of the viewer's group, the viewer included; only the viewer, when he has none. */
  groupUserIds: readonly UserId[]
}

/** Whose things somebody may do something with. */
export interface Owners {
  /** Null: everybody's. */
  userIds: readonly UserId[] | null
  /** Also what nobody is responsible for. */
  unowned: boolean
}

/** What of a viewer decides whose things he may see. */
export type Seer = Pick<Viewer, 'rights' | 'groupUserIds'> & { user: Pick<User, 'id'> }
/** Whose thing something tells of: who may see it may hear of it. */
export interface Audience {
  area: RightArea
  /** Null: nobody's. */
  ownerId: UserId | null
}

/** True when the viewer may see things of this kind and owner. */
export const isAmong = ({ area, ownerId }: Audience, viewer: Seer): boolean => covers(ownersFor(viewer, area), ownerId)

/** Whose things of an area the viewer may view, edit, …. Chats, messages and notes are of the area `leads`. */
export function ownersFor({ user, rights, groupUserIds }: Seer, area: RightArea, act: RightAct = 'view'): Owners {
  const reach = rights[area][act]
  const unowned = area === 'leads' ? rights.incoming || reach === 'all' : reach !== 'none'
  switch (reach) {
    case 'none':
      return { userIds: [], unowned: area === 'leads' && rights.incoming }
    case 'own':
      return { userIds: [user.id], unowned }
    case 'group':
      return { userIds: groupUserIds, unowned }
    case 'all':
      return { userIds: null, unowned }
  }
}

/** True when a thing of this responsible user (null: nobody) is among them. */
export function covers({ userIds, unowned }: Owners, responsibleId: UserId | null): boolean {
  if (responsibleId === null) return unowned
  return userIds === null || userIds.includes(responsibleId)
}

/** Everything of everybody: then no query needs a condition. */
export const coversAll = ({ userIds, unowned }: Owners): boolean => userIds === null && unowned

/** @throws {AppError} `forbidden` */
export function requireAdmin({ user }: Viewer, what: string): void {
  if (user.role !== 'admin') throw new AppError('forbidden', `Only an admin of the account may ${what}.`)
}

/** @throws {AppError} `forbidden` */
export function requireOperator({ isOperator }: Viewer, what: string): void {
  if (!isOperator) throw new AppError('forbidden', `Only an operator of this server may ${what}.`)
}

/** What the viewer is told of himself. */
export const presentMe = ({ user, account, rights, language, preferences, isOperator }: Viewer): Me => ({
  user,
  account,
  rights,
  language,
  preferences,
  isOperator,
})

/**
 * A condition for hand-written SQL: the user in `column` is among the owners, which are given as two parameters from
 * number `first` on (`ownersValues`).
 */
export const ownedSql = (column: string, first: number): string =>
  `(case when ${column} is null then $${first + 1}::boolean
     else $${first}::bigint[] is null or ${column} = any ($${first}::bigint[]) end)`

export const ownersValues = ({ userIds, unowned }: Owners): [userIds: readonly UserId[] | null, unowned: boolean] => [
  userIds,
  unowned,
]
