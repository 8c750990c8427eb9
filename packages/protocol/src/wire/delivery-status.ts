import { z } from 'zod'
import { optionalCode, optionalId, optionalText } from './fields.ts'

/** 0 sent, 1 delivered, 2 read, -1 not delivered. */
const status = optionalCode([0, 1, 2, -1])
/**
 * Why a message did not arrive: 901 the client deleted the conversation, 902 the integration is off in the messenger, 903 internal error,
 * 904 no conversation possible, 905 anything else. Senders write 0 or null where nothing failed: it is checked once it matters.
 */
const errorCode = z.unknown().optional()

/** What `POST /v2/origin/custom/{scope_id}/{msgid}/delivery_status` takes: the fields of 2026, the older ones, or both. */
export const deliveryStatusRequest = z.object({
  /** Where sent, the same as in the path. */
  msgid: optionalId,
  status_code: status,
  delivery_status: status,
  error_code: errorCode,
  /** The published table has this spelling, with a Cyrillic `с`: somebody will have copied it. */
  error_сode: errorCode,
  /** Shown to the manager. */
  error: optionalText,
})

export const DELIVERY_ERROR_CODES = [901, 902, 903, 904, 905] as const
export type DeliveryErrorCode = (typeof DELIVERY_ERROR_CODES)[number]

export type DeliveryStatusRequest = z.infer<typeof deliveryStatusRequest>
