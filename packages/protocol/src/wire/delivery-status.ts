import { type BodyOf, bodySchema, type Fields } from './fields.ts'
import * as as from './readers.ts'

/** 0 sent, 1 delivered, 2 read, -1 not delivered. */
export const deliveryStatusCode = as.code([0, 1, 2, -1])

/** Why a message did not arrive, here and in an edit. */
export const failureFields = (f: Fields) => ({
  /**
   * 901 the client deleted the conversation, 902 the integration is off in the messenger, 903 internal error, 904 no conversation
   * possible, 905 anything else. Senders write 0 or null where nothing failed: it is checked once it matters.
   */
  error_code: f.anything,
  /** Shown to the manager. Documented as `null` where nothing failed, in strict mode, too. */
  error: f.nullable(as.text),
})

/** What `POST /v2/origin/custom/{scope_id}/{msgid}/delivery_status` takes: the fields of 2026, the older ones, or both. */
export const deliveryStatusRequest = bodySchema((f) =>
  f.object({
    /** Where sent, the same as in the path. */
    msgid: f.optional(as.id),
    status_code: f.optional(deliveryStatusCode),
    delivery_status: f.optional(deliveryStatusCode),
    ...failureFields(f),
    /** The published table has this spelling, with a Cyrillic `с`: somebody will have copied it. */
    error_сode: f.anything,
  }),
)

export const DELIVERY_ERROR_CODES = [901, 902, 903, 904, 905] as const
export type DeliveryErrorCode = (typeof DELIVERY_ERROR_CODES)[number]

export type DeliveryStatusRequest = BodyOf<typeof deliveryStatusRequest>
