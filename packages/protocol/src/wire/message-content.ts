import { z } from 'zod'
import { deliveryStatusCode, failureFields } from './delivery-status.ts'
import { type Fields, part, schemaFacts } from './fields.ts'
import * as as from './readers.ts'

/** The kinds of message of today; `image` is what `picture` was called in 2017. */
export const MESSAGE_KINDS = [
  'text',
  'picture',
  'file',
  'video',
  'audio',
  'voice',
  'sticker',
  'location',
  'contact',
] as const
const KINDS_AND_IMAGE = [...MESSAGE_KINDS, 'image'] as const

/** A kind where it may be left out. */
export const messageKind = (f: Fields) => f.optional(as.word(f.isStrict ? MESSAGE_KINDS : KINDS_AND_IMAGE))

export const locationFields = (f: Fields) =>
  part('Location', f.object({ lon: f.required(as.degrees(180)), lat: f.required(as.degrees(90)) }))

export const contactFields = (f: Fields) =>
  part('ContactCard', f.object({ name: f.required(as.name), phone: f.required(as.phone) }))

/** A picture that a post is shown with: a link that dies soon, one that stays. */
const previewUrl = (f: Fields) => f.optional(as.looseUrl)

/** What every kind may have besides. */
const commonFields = (f: Fields) => ({
  /** The row of a list message that the client picked. */
  callback_data: f.optional(as.phrase),
  /** A post the client shared. */
  shared_post: f.optionalObject(
    f.object({
      url: f.optional(as.looseUrl),
      preview_link: previewUrl(f),
      preview_permalink: previewUrl(f),
      type: f.optional(as.name),
      site_name: f.optional(as.phrase),
    }),
  ),
  /** Makes the message a comment under this post. */
  post: f.optionalObject(
    f.object({
      id: f.required(as.id),
      url: f.required(as.webUrl),
      preview_url: previewUrl(f),
      preview_permalink: previewUrl(f),
      username: f.optional(as.name),
      caption: f.optional(as.phrase),
    }),
  ),
})

type Presence = 'required' | 'optional' | 'expected'

/**
 * The fields of a file that is linked to. The name and the size are documented as required for some kinds, and are found out
 * otherwise.
 */
const mediaFields = (f: Fields, media: Presence, named: Presence) => ({
  media: f[media](as.webUrl),
  file_name: f[named](as.name),
  file_size: f[named](as.fileSize),
  /** Seconds. */
  media_duration: f.optional(as.seconds),
  /** A smaller picture of it. */
  thumbnail: f.optional(as.looseUrl),
})

const deliveryStatus = (f: Fields) =>
  f.optionalObject(f.object({ status_code: f.required(deliveryStatusCode), ...failureFields(f) }))

/** `message` of a `new_message`, one shape per kind. */
export function newContent(f: Fields) {
  const common = commonFields(f)
  const caption = { text: f.optional(as.text), ...common }
  const named = { ...mediaFields(f, 'required', 'expected'), ...caption }
  const unnamed = { ...mediaFields(f, 'required', 'optional'), ...caption }
  return z.discriminatedUnion('type', [
    f.object({ type: z.literal('text'), text: f.required(as.text), ...common }),
    f.object({ type: z.literal(['picture', 'file', 'video']), ...named }),
    f.object({ type: imageOf2017(f), ...named }),
    f.object({ type: z.literal(['audio', 'voice']), ...unnamed }),
    f.object({
      type: z.literal('sticker'),
      /** Its global id, instead of a link or besides. */
      sticker_id: f.optional(as.id),
      ...mediaFields(f, 'optional', 'optional'),
      ...caption,
    }),
    f.object({ type: z.literal('location'), location: locationFields(f), ...caption }),
    f.object({ type: z.literal('contact'), contact: contactFields(f), ...caption }),
  ])
}

/** `message` of an `edit_message`: what stays as it was may be left out, and a status alone changes nothing else. */
export function editedContent(f: Fields) {
  const common = { ...commonFields(f), delivery_status: deliveryStatus(f) }
  // An empty caption takes it away.
  const caption = { text: f.clearable(as.text), ...common }
  const media = { ...mediaFields(f, 'optional', 'optional'), ...caption }
  return z.discriminatedUnion('type', [
    f.object({ type: z.undefined().optional(), delivery_status: deliveryStatus(f) }),
    f.object({ type: z.literal('text'), text: f.optional(as.text), ...common }),
    f.object({ type: z.literal(['picture', 'file', 'video', 'audio', 'voice']), ...media }),
    f.object({ type: imageOf2017(f), ...media }),
    f.object({ type: z.literal('sticker'), sticker_id: f.optional(as.id), ...media }),
    f.object({ type: z.literal('location'), location: f.optionalObject(locationFields(f)), ...caption }),
    f.object({ type: z.literal('contact'), contact: f.optionalObject(contactFields(f)), ...caption }),
  ])
}

function imageOf2017(f: Fields) {
  const image = z.literal('image').refine(() => !f.isStrict, 'is the name of 2017; send picture')
  if (f.isStrict) schemaFacts.add(image, { takes: { not: {} } })
  return image
}
