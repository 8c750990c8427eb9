import type { ColumnType } from 'kysely'

/** `timestamptz`: read as Date, written as Date. */
export type Time = ColumnType<Date, Date, Date>
export type TimeOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>
export type TimeNow = ColumnType<Date, Date | undefined, Date>
/** `jsonb`: read as what was written, written as JSON text. */
export type Json = ColumnType<unknown, string | null | undefined, string | null>
export type OrNull<T> = ColumnType<T | null, T | null | undefined, T | null>
