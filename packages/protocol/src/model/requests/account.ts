import { z } from 'zod'
import { DENSITIES, LANGUAGES, THEMES } from '../shapes/people.ts'
import { line } from './fields.ts'
import { newPassword } from './team.ts'

const language = z.enum(LANGUAGES, `must be one of ${LANGUAGES.join(', ')}`).nullable()

const MOST_KEYS = 200
const withoutNul = (text: string) => !text.includes('\0')

const preferences = z.object({
  theme: z.enum(THEMES, `must be one of ${THEMES.join(', ')}`),
  density: z.enum(DENSITIES, `must be one of ${DENSITIES.join(', ')}`),
  singleKeys: z.boolean(),
  /** All that were chosen: what is left out has its usual keys again. */
  keys: z
    .record(z.string().regex(/^[\w.]{1,80}$/), z.string().max(40).refine(withoutNul, 'holds the character U+0000'))
    .refine((keys) => Object.keys(keys).length <= MOST_KEYS, `must not be more than ${MOST_KEYS}`),
})

/** About oneself. What is left out stays as it is. */
export const changeMeRequest = z.object({
  name: line(255).optional(),
  /** Null: the account's. */
  language: language.optional(),
  preferences: preferences.partial().optional(),
  /** A picture that was uploaded before (`POST /files`); null: the initials. */
  photoFileId: z.uuid().nullable().optional(),
})

const isTimeZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const changeAccountRequest = z.object({
  name: line(255).optional(),
  timeZone: z.string().max(64).refine(isTimeZone, 'there is no such time zone').optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'use the three letters of a currency, e.g. EUR')
    .optional(),
  language: language.optional(),
})

export const signUpRequest = z.object({
  company: line(255),
  subdomain: z.string().trim().toLowerCase().max(63),
  name: line(255),
  email: z.string().trim().min(1, 'must not be empty').max(255),
  password: newPassword,
  /** What the browser says; the account begins with them. */
  timeZone: z.string().max(64).refine(isTimeZone, 'there is no such time zone').optional(),
  language: language.optional(),
})

export const subdomainQuery = z.object({ subdomain: z.string().max(255) })

export type ChangeMeRequest = z.infer<typeof changeMeRequest>
export type ChangeAccountRequest = z.infer<typeof changeAccountRequest>
export type SignUpRequest = z.infer<typeof signUpRequest>
