const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

// `Tue, 03 Mar 2026 10:15:30 +0000`. The weekday is optional and not checked; day and hour may have one digit; seconds may be left out.
const MAIL_DATE =
  /^(?:[a-z]{3,9},[ \t]*)?(\d{1,2})[ \t]+([a-z]{3})[ \t]+(\d{4})[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?[ \t]+(?:gmt|utc?|([+-])(\d{2}):?(\d{2}))$/i

/**
 * Reads a `Date` header in any form that public clients send (RFC 2822 and near it); stricter than `Date.parse`.
 * Answers milliseconds since 1970, or undefined when the text is no such date (31 Feb and hour 24 are none either).
 */
export function parseMailDate(text: string): number | undefined {
  const parts = MAIL_DATE.exec(text)
  if (parts === null) return undefined
  const [, day, monthName, year, hour, minute, second, sign, offsetHours, offsetMinutes] = parts
  const month = MONTHS.indexOf(monthName!.toLowerCase())
  // A leap second is written as :60.
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60 || Number(year) < 1900)
    return undefined
  const midnightMs = Date.UTC(Number(year), month, Number(day))
  // Date.UTC rolls a day that the month does not have over into the next one.
  if (new Date(midnightMs).getUTCDate() !== Number(day)) return undefined
  const localMs = midnightMs + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000
  if (sign === undefined) return localMs
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  return sign === '+' ? localMs - offsetMs : localMs + offsetMs
}
