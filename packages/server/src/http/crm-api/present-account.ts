import { type AccountParts, offsetOf, PATTERNS, TASK_TYPES } from './account-parts.ts'
import { secondsOf } from './answer-legacy.ts'

/** Of the answer, not of the server. */
const VERSION = 1

/** `/api/v4/account` (spec 03 §3). The chat id is always there. */
export function presentAccountV4(
  { viewer, createdAt, groups }: AccountParts,
  asked: ReadonlySet<string>,
  { address, now }: { address: string; now: Date },
) {
  const { account, user } = viewer
  const madeAt = secondsOf(createdAt)
  const embedded = {
    amojo_rights: { can_direct: true, can_create_groups: true },
    users_groups: groups.map(({ id, name }) => ({ id, name, uuid: null })),
    task_types: TASK_TYPES.map((type) => ({ ...type, color: null, icon_id: null })),
    datetime_settings: datetimeSettings(account.timeZone, now),
  }
  const chosen = Object.entries(embedded).filter(([name]) => asked.has(name))
  return {
    id: account.id,
    name: account.name,
    subdomain: account.subdomain,
    created_at: madeAt,
    created_by: 0,
    updated_at: madeAt,
    updated_by: 0,
    current_user_id: user.id,
    country: '',
    currency: account.currency,
    currency_symbol: symbolOf(account.currency),
    customers_mode: 'disabled',
    is_unsorted_on: true,
    mobile_feature_version: 0,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    amojo_id: account.amojoId,
    ...(asked.has('version') && { version: VERSION }),
    ...(asked.has('drive_url') && { drive_url: address }),
    ...(asked.has('is_api_filter_enabled') && { is_api_filter_enabled: false }),
    ...(asked.has('entity_names') && { entity_names: {} }),
    ...(asked.has('invoices_settings') && { invoices_settings: {} }),
    _links: { self: { href: `${address}/api/v4/account` } },
    ...(chosen.length > 0 && { _embedded: Object.fromEntries(chosen) }),
  }
}

const datetimeSettings = (timeZone: string, now: Date) => ({
  date_pattern: PATTERNS.dateTime,
  short_date_pattern: PATTERNS.date,
  short_time_pattern: PATTERNS.time,
  date_formant: PATTERNS.date,
  time_format: PATTERNS.timeFull,
  timezone: timeZone,
  timezone_offset: offsetOf(timeZone, now),
})

function symbolOf(currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
}
