import type { AccountId, ChannelId, ChatId, LeadId, PipelineId, StageId } from '@parley/protocol/model'
import type { TimeOrNull } from './columns.ts'

export type LeadOutcome = 'incoming' | 'open' | 'won' | 'lost' | 'declined'

/** `timestamp` without a zone: what the wall clock of the account showed. */
type Hour = string

export interface FiguresTables {
  figure_message: {
    account_id: AccountId
    hour: Hour
    channel_id: ChannelId
    user_id: number
    received: number
    sent: number
  }
  figure_answer: {
    account_id: AccountId
    hour: Hour
    channel_id: ChannelId
    user_id: number
    kind: 'first' | 'each'
    within: 'clock' | 'working'
    bucket: number
    n: number
  }
  figure_lead: {
    account_id: AccountId
    kind: 'created' | 'closed'
    hour: Hour
    channel_id: ChannelId
    user_id: number
    pipeline_id: PipelineId
    stage_id: StageId
    outcome: LeadOutcome
    loss_reason_id: number
    leads: number
    price: string
  }
  lead_figured: {
    account_id: AccountId
    lead_id: LeadId
    created_hour: Hour
    closed_hour: Hour | null
    channel_id: ChannelId
    user_id: number
    pipeline_id: PipelineId
    stage_id: StageId
    outcome: LeadOutcome
    loss_reason_id: number
    price: number
  }
  answer_state: {
    account_id: AccountId
    chat_id: ChatId
    asked_at: TimeOrNull
    last_asked_at: TimeOrNull
    is_answered: boolean
    has_lead: boolean
    is_over: boolean
  }
}
