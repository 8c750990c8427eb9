import type { Migration } from 'kysely'
import * as foundation from './0001-foundation.ts'
import * as chatsApi from './0002-chats-api.ts'
import * as workplace from './0003-workplace.ts'
import * as inbox from './0004-inbox.ts'
import * as conversation from './0005-conversation.ts'
import * as pipelines from './0006-pipelines.ts'
import * as cards from './0007-cards.ts'
import * as people from './0008-people.ts'
import * as notifications from './0009-notifications.ts'
import * as search from './0010-search.ts'
import * as figures from './0011-figures.ts'
import * as leadChanges from './0012-lead-changes.ts'
import * as contacts from './0013-contacts.ts'
import * as peopleData from './0014-people-data.ts'
import * as apiKeys from './0015-api-keys.ts'
import * as channelOwners from './0016-channel-owners.ts'
import * as channelRequests from './0017-channel-requests.ts'
import * as simulator from './0018-simulator.ts'
import * as integrations from './0019-integrations.ts'
import * as operators from './0020-operators.ts'
import * as testRuns from './0021-test-runs.ts'
import * as operatorHolds from './0022-operator-holds.ts'

/** In order. A name, once merged, never changes. */
export const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-chats-api': chatsApi,
  '0003-workplace': workplace,
  '0004-inbox': inbox,
  '0005-conversation': conversation,
  '0006-pipelines': pipelines,
  '0007-cards': cards,
  '0008-people': people,
  '0009-notifications': notifications,
  '0010-search': search,
  '0011-figures': figures,
  '0012-lead-changes': leadChanges,
  '0013-contacts': contacts,
  '0014-people-data': peopleData,
  '0015-api-keys': apiKeys,
  '0016-channel-owners': channelOwners,
  '0017-channel-requests': channelRequests,
  '0018-simulator': simulator,
  '0019-integrations': integrations,
  '0020-operators': operators,
  '0021-test-runs': testRuns,
  '0022-operator-holds': operatorHolds,
}
