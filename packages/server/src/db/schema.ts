import type { AuditTables } from './schema/audit.ts'
import type { CardsTables } from './schema/cards.ts'
import type { ChannelsTables } from './schema/channels.ts'
import type { ConversationToolsTables } from './schema/conversation-tools.ts'
import type { ConversationsTables } from './schema/conversations.ts'
import type { CrmTables } from './schema/crm.ts'
import type { DeliveriesTables } from './schema/deliveries.ts'
import type { EventsTables } from './schema/events.ts'
import type { FiguresTables } from './schema/figures.ts'
import type { FilesTables } from './schema/files.ts'
import type { InboxTables } from './schema/inbox.ts'
import type { IntegrationsTables } from './schema/integrations.ts'
import type { NotificationsTables } from './schema/notifications.ts'
import type { PeopleTables } from './schema/people.ts'
import type { PersonsTables } from './schema/persons.ts'
import type { SearchTables } from './schema/search.ts'
import type { SimulatorTables } from './schema/simulator.ts'

export type { HookVersion, LegacySignature } from './schema/channels.ts'
export type { StoredAttachment } from './schema/conversation-tools.ts'
export type { DeliveryState } from './schema/deliveries.ts'
export type { MediaSlot } from './schema/files.ts'
export { ERASURE_STEPS, type ErasureScope, type ErasureStep } from './schema/persons.ts'

/** The tables of `migrations/`, for the compiler. What a column means is said there. */
export interface Schema
  extends AuditTables,
    CardsTables,
    ChannelsTables,
    ConversationsTables,
    ConversationToolsTables,
    CrmTables,
    DeliveriesTables,
    EventsTables,
    FiguresTables,
    FilesTables,
    InboxTables,
    IntegrationsTables,
    NotificationsTables,
    PeopleTables,
    PersonsTables,
    SearchTables,
    SimulatorTables {}
