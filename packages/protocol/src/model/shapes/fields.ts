import type { FieldId } from '../ids.ts'

/** What a custom field can hold. */
export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'select',
  'multiselect',
  'date',
  'datetime',
  'checkbox',
  'url',
  'phone',
  'email',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export type FieldEntity = 'lead' | 'contact'

/** One of what a select or a multiselect offers. */
export interface FieldOption {
  id: number
  name: string
}

/** A field that an account added to its leads or contacts. */
export interface CustomField {
  id: FieldId
  entity: FieldEntity
  type: FieldType
  name: string
  /** Under which heading it stands; null: the first. */
  section: string | null
  /** Of select and multiselect. */
  options: FieldOption[]
  isRequired: boolean
  /** Kept with its values, shown nowhere but in the settings. */
  isHidden: boolean
}

/** What would be gone with a field. */
export interface FieldUse {
  /** Leads, or contacts, in which something stands. */
  count: number
  /** Of select and multiselect: in how many each option stands; those that nobody chose are left out. */
  options: { id: number; count: number }[]
}

/**
 * By type: text, textarea, url, phone, email a string; number and money a number; select an option's id, multiselect several;
 * date `2026-11-30`; datetime milliseconds since 1970; checkbox true or false.
 */
export type FieldValue = string | number | boolean | number[]

/** By the field's id; what is empty is absent. */
export type FieldValues = Record<string, FieldValue>
