/** Whose things: nobody's, one's own, those of one's group, everybody's. */
export type Reach = 'none' | 'own' | 'group' | 'all'
export type RightArea = 'leads' | 'contacts' | 'tasks'
export type RightAct = 'view' | 'edit' | 'delete' | 'export'

/**
 * What a role may do. A thing is whose its responsible user is. Chats, their messages and notes follow their lead: who may
 * see the lead may read and answer.
 */
export interface Rights extends Record<RightArea, Record<RightAct, Reach>> {
  /** Sees what nobody is responsible for, incoming leads above all, and may take it. */
  incoming: boolean
  /** Sees the figures of these people. */
  figures: Reach
}

const everything: Record<RightAct, Reach> = { view: 'all', edit: 'all', delete: 'all', export: 'all' }

/** An admin's, whatever role he has. */
export const FULL_RIGHTS: Rights = {
  leads: everything,
  contacts: everything,
  tasks: everything,
  incoming: true,
  figures: 'all',
}

const daily: Record<RightAct, Reach> = { view: 'all', edit: 'all', delete: 'own', export: 'none' }

/** A manager's who was given no role. */
export const MANAGER_RIGHTS: Rights = {
  leads: daily,
  contacts: daily,
  tasks: daily,
  incoming: true,
  figures: 'own',
}
