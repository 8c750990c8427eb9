import type { ContactRow, Me, RightAct } from '@parley/protocol/model'

/** Whether a role lets somebody do this with a contact; who is in one's group only the server knows, so there it is offered. */
export function mayChange(
  { rights, user }: Me,
  { responsible }: Pick<ContactRow, 'responsible'>,
  act: RightAct = 'edit',
) {
  const reach = rights.contacts[act]
  if (reach === 'all' || reach === 'group') return true
  return reach === 'own' && responsible?.id === user.id
}
