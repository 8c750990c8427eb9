import type { Lead, Me, RightAct } from '@parley/protocol/model'

/** Whether a role lets somebody do this with a lead; who is in one's group only the server knows, so there it is offered. */
export function mayAct({ rights, user }: Me, act: RightAct, { responsible }: Pick<Lead, 'responsible'>): boolean {
  const reach = rights.leads[act]
  if (reach === 'all' || reach === 'group') return true
  return reach === 'own' && responsible?.id === user.id
}
