import { DELIVERY_ERROR_CODES, type DeliveryErrorCode, type DeliveryStatusRequest } from '@parley/protocol/wire'
import type { DeliveryReport } from '../domain/messages/set-delivery-status.ts'
import { AppError } from '../lib/app-error.ts'
import { cutText } from '../lib/cut-text.ts'

/** What the manager reads. 905 has the channel's own words. */
const REASONS: Record<DeliveryErrorCode, string> = {
  901: 'The client has deleted the conversation',
  902: 'The channel is switched off in the messenger',
  903: 'The messenger reports an internal error',
  904: 'A conversation with this client cannot be opened',
  905: 'The channel could not deliver the message',
}
const NO_CODE = 'The channel could not deliver the message'
const LONGEST_REASON = 1000

/**
 * A delivery status in our words.
 * @param messageRef the message id in the path
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export function toDeliveryReport(request: DeliveryStatusRequest, messageRef: string): DeliveryReport {
  if (request.msgid !== undefined && request.msgid.toLowerCase() !== messageRef.toLowerCase()) {
    throw invalid('msgid: differs from the message id in the path')
  }
  return toReport(
    {
      code: request.status_code ?? request.delivery_status,
      errorCode: request.error_code ?? request.error_сode,
      error: request.error,
    },
    '',
  )
}

interface WireReport {
  code: 0 | 1 | 2 | -1 | undefined
  errorCode: unknown
  error: string | undefined
}

/** @param path where its fields stand, with the dot after it */
export function toReport({ code, errorCode, error }: WireReport, path: string): DeliveryReport {
  switch (code) {
    case undefined:
      throw invalid(`${path}status_code: is missing`)
    case 0:
      return { status: 'sent' }
    case 1:
      return { status: 'delivered' }
    case 2:
      return { status: 'read' }
    case -1:
      return { status: 'failed', reason: toReason(errorCode, error, path) }
  }
}

function toReason(given: unknown, error: string | undefined, path: string): string {
  const code = DELIVERY_ERROR_CODES.find((known) => known === given)
  if (code === undefined && given !== undefined && given !== null) {
    throw invalid(`${path}error_code: unknown value; use one of ${DELIVERY_ERROR_CODES.join(', ')}`)
  }
  if (code === 905 && error === undefined)
    throw invalid(`${path}error: is missing; with error_code 905 it says what went wrong`)
  const known = code === undefined ? NO_CODE : REASONS[code]
  if (error === undefined) return `${known}.`
  const reason = code === 905 ? error : `${known}: ${error}`
  return reason.length <= LONGEST_REASON ? reason : `${cutText(reason, LONGEST_REASON - 1)}…`
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
