import type { DeliveryDetails, DeliverySummary } from '../../domain/deliveries/delivery-queries.ts'

export function presentDelivery(delivery: DeliverySummary) {
  return {
    id: delivery.id,
    account_id: delivery.accountId,
    channel_id: delivery.channelId,
    chat_id: delivery.chatId,
    message_id: delivery.messageId,
    kind: delivery.kind,
    state: delivery.state,
    attempts: delivery.attempts,
    last_error: delivery.lastError,
    created_at: delivery.createdAt.toISOString(),
    next_try_at: delivery.nextTryAt?.toISOString() ?? null,
  }
}

/** With what was sent, and what came of every try. */
export function presentDeliveryDetails(delivery: DeliveryDetails) {
  return {
    ...presentDelivery(delivery),
    hook_version: delivery.hookVersion,
    payload: JSON.parse(delivery.body) as unknown,
    attempts: delivery.attemptsMade.map((made) => ({
      attempt: made.attempt,
      url: made.url,
      started_at: made.startedAt.toISOString(),
      duration_ms: made.durationMs,
      status: made.status,
      error: made.error,
      reply: made.reply,
    })),
  }
}
