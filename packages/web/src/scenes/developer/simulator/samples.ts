import type { WireContent } from '@parley/protocol/client-acts'
import type { TextKey } from '../../../i18n/t.ts'

interface Sample {
  label: TextKey
  /** @param media the address of this server's sample files */
  content: (media: string) => WireContent
}

const file = (type: string, name: string, size: number) => (media: string) => ({
  type,
  media: `${media}/${name}`,
  file_name: name,
  file_size: size,
})

/** One message of every kind but text. The files stand in `public/samples`. */
export const SAMPLES: Record<string, Sample> = {
  picture: { label: 'simulator.kind.picture', content: file('picture', 'boat.jpg', 7770) },
  file: { label: 'simulator.kind.file', content: file('file', 'prices.pdf', 652) },
  video: { label: 'simulator.kind.video', content: file('video', 'boat.webm', 10_003) },
  audio: { label: 'simulator.kind.audio', content: file('audio', 'chime.wav', 16_044) },
  voice: { label: 'simulator.kind.voice', content: file('voice', 'voice.wav', 16_044) },
  sticker: { label: 'simulator.kind.sticker', content: file('sticker', 'smile.webp', 4646) },
  location: {
    label: 'simulator.kind.location',
    content: () => ({ type: 'location', location: { lat: 57.7089, lon: 11.9746 } }),
  },
  contact: {
    label: 'simulator.kind.contact',
    content: () => ({ type: 'contact', contact: { name: 'Harbor Office', phone: '+46700000010' } }),
  },
}
