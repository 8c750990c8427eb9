import type { ChatChannel } from '@parley/protocol/model'
import { memo, useState } from 'react'
import { ChannelMark } from './ChannelMark.tsx'
import { hueOf } from './hues.ts'
import { initials } from './initials.ts'

interface Props {
  name: string
  /** What the hue is made of: an id, so that two people of one name differ. */
  seed?: string
  size?: number
  /** Stands for the person instead of the initials, as soon as it is there. */
  pictureUrl?: string | null | undefined
  channel?: Pick<ChatChannel, 'code' | 'title'>
}

/** A picture, or initials on a quiet disc. They are generated content, so that they are seen and not read. */
export const Avatar = memo(function Avatar({ name, seed = name, size = 40, pictureUrl, channel }: Props) {
  const hue = hueOf(seed)
  const colors = {
    background: `oklch(var(--av-l) var(--av-c) ${hue})`,
    color: `oklch(var(--av-t) calc(var(--av-c) * 2.2) ${hue})`,
  }
  return (
    <span className="relative inline-flex shrink-0" style={{ width: size, height: size }}>
      <span
        aria-hidden="true"
        data-initials={initials(name)}
        className="flex size-full items-center justify-center rounded-full font-semibold tracking-[-.01em] before:content-[attr(data-initials)]"
        style={{ fontSize: size * 0.36, ...colors }}
      />
      {pictureUrl && <Picture key={pictureUrl} url={pictureUrl} />}
      {channel && (
        <span className="absolute -end-0.5 -bottom-0.5 flex rounded-full ring-2 ring-(--ring,var(--surface))">
          <ChannelMark channel={channel} size={Math.max(14, size * 0.4)} />
        </span>
      )}
    </span>
  )
})

/** Over the initials, which stay when it cannot be had. */
function Picture({ url }: { url: string }) {
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return null
  return (
    <img
      src={url}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBroken(true)}
      className="absolute inset-0 size-full rounded-full object-cover"
    />
  )
}
