import type { ChatChannel } from '@parley/protocol/model'
import { memo } from 'react'
import { freeHueOf } from './hues.ts'
import { initials } from './initials.ts'

interface Props {
  channel: Pick<ChatChannel, 'code' | 'title'>
  size?: number
}

/** Which channel: a small disc in the channel's own colour. Named unless its title stands beside it. */
export const ChannelMark = memo(function ChannelMark({ channel, size = 16 }: Props) {
  return (
    <span
      role="img"
      aria-label={channel.title}
      data-initial={initials(channel.title).slice(0, 1)}
      className="flex shrink-0 items-center justify-center rounded-full leading-none font-semibold text-white before:content-[attr(data-initial)]"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.56,
        background: `oklch(0.55 0.13 ${freeHueOf(channel.code)})`,
      }}
    />
  )
})
