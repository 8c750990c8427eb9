import {
  type AccountId,
  type ChangeChannelRequest,
  changeChannelRequest,
  type FieldFault,
} from '@parley/protocol/model'
import type { Db } from '../../db/open-database.ts'
import { isPrivateTarget } from '../../lib/guarded-fetch.ts'
import { sayIssue } from '../../lib/say-issue.ts'
import { refuse } from './channel-settings.ts'
import { findAccountFault } from './create-channel.ts'

export interface AddressPolicy {
  /** Hooks may go to private and loopback addresses. */
  allowPrivateNetwork: boolean
}

/** Every reason for which a registration, or a change of one, with these fields would be refused. Stores nothing. */
export async function findRegistrationFaults(
  { db, allowPrivateNetwork }: AddressPolicy & { db: Db },
  given: Record<string, unknown>,
): Promise<FieldFault[]> {
  const parsed = changeChannelRequest.safeParse(given, { error: sayIssue })
  const faults = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message }))
  const faulty = new Set(faults.map(({ field }) => field.split('.')[0]))
  const sound = changeChannelRequest.parse(
    Object.fromEntries(Object.entries(given).filter(([field]) => !faulty.has(field))),
  )
  const accountFault = await findAccountFault(db, (sound.accountIds ?? []) as AccountId[])
  return [
    ...faults,
    ...findAddressFaults({ allowPrivateNetwork }, sound),
    ...(accountFault === undefined ? [] : [{ field: 'accountIds', reason: accountFault }]),
  ]
}

/** @throws {AppError} `invalid_request` names the field */
export function checkAddresses(policy: AddressPolicy, given: ChangeChannelRequest): void {
  const [fault] = findAddressFaults(policy, given)
  if (fault) throw refuse(fault.field, fault.reason)
}

/** Names are asked of the network only when a hook goes out; what is an address already is looked at here, where somebody reads why. */
function findAddressFaults({ allowPrivateNetwork }: AddressPolicy, given: ChangeChannelRequest): FieldFault[] {
  return (['webhookUrl', 'webhookUrlV1'] as const)
    .filter((field) => isPrivateTarget(given[field], allowPrivateNetwork))
    .map((field) => ({ field, reason: 'must lead to the public internet, not to a private address' }))
}
