import type { ChatChannel } from '@parley/protocol/model'
import { memo, useState } from 'react'
import { iconUrl } from '../data/channels/endpoints.ts'
import { useChannelIcon } from '../data/connections.ts'
import { freeHueOf } from './hues.ts'
import { initials } from './initials.ts'

interface Props {
  channel: Pick<ChatChannel, 'code' | 'title'>
  size?: number
  /** Of a channel that may not be connected here; absent: what the account's connection has. */
  iconPath?: string | null
}

/** Which channel: its round icon, or a small disc in a colour of its own. Named unless its title stands beside it. */
export const ChannelMark = memo(function ChannelMark({ channel, size = 16, iconPath }: Props) {
  const known = useChannelIcon(channel.code)
  const path = iconPath ?? known
  return (
    <span
      role="img"
      aria-label={channel.title}
      data-initial={initials(channel.title).slice(0, 1)}
      className="relative flex shrink-0 items-center justify-center rounded-full leading-none font-semibold text-white before:content-[attr(data-initial)]"
      style={{
        width: size,
        height: size,
        fontSize: size * 0.56,
        background: `oklch(0.55 0.13 ${freeHueOf(channel.code)})`,
      }}
    >
      {path && <Icon key={path} url={iconUrl(path)} />}
    </span>
  )
})

/** Over the letter, which stays until the icon is there, and when it cannot be had. */
function Icon({ url }: { url: string }) {
  const [isThere, setThere] = useState(false)
  return (
    <img
      src={url}
      alt=""
      draggable={false}
      onLoad={() => setThere(true)}
      onError={() => setThere(false)}
      className={isThere ? 'absolute inset-0 size-full rounded-full bg-white' : 'absolute size-full opacity-0'}
    />
  )
}
