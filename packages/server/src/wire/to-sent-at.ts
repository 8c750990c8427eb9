import { AppError } from '../lib/app-error.ts'

const SECOND_MS = 1000
/** Clocks differ; a message from the day after tomorrow is a mistake in units. */
const MAX_AHEAD_MS = 24 * 3600 * SECOND_MS

interface WireTimes {
  timestamp: number | undefined
  msec_timestamp: number | undefined
}

/**
 * When a message was written: the milliseconds win; without a time it was now.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` for one that is more than a day ahead
 */
export function toSentAt({ timestamp, msec_timestamp: msecTimestamp }: WireTimes, now: Date): Date {
  const sentAtMs = msecTimestamp ?? (timestamp === undefined ? now.getTime() : timestamp * SECOND_MS)
  if (sentAtMs > now.getTime() + MAX_AHEAD_MS) {
    const [path, unit] = msecTimestamp === undefined ? ['timestamp', 'seconds'] : ['msec_timestamp', 'milliseconds']
    throw new AppError(
      'ORIGIN_INVALID_PAYLOAD',
      `payload.${path}: is more than 24 hours in the future; it counts ${unit} since 1970`,
    )
  }
  return new Date(sentAtMs)
}
