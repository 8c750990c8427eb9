import type { ChannelCard as Card, Source } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { t } from '../../../i18n/t.ts'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { ChannelStateBadge } from '../../../parts/ChannelStateBadge.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import { canConnect } from './channel-state.ts'
import { HealthFigures } from './HealthFigures.tsx'

/** A channel in the list: what it is, how it fares, and the one thing to do about it. */
export function ChannelCard({ card, sources }: { card: Card; sources: readonly Source[] }) {
  const title = card.connection?.title ?? card.name
  return (
    <li className="relative flex flex-col gap-3 rounded-lg border border-line p-4 has-[a:hover]:border-line-strong">
      <div className="flex items-start gap-3">
        <ChannelMark channel={{ code: card.code, title: card.name }} size={36} iconPath={card.iconPath} />
        <div className="min-w-0 flex-1">
          <h4 className="truncate text-md font-semibold">
            <Link
              to="/settings/$section/$part"
              params={{ section: 'channels', part: card.id }}
              className="outline-offset-2 after:absolute after:inset-0 after:rounded-lg"
            >
              <bdi>{title}</bdi>
            </Link>
          </h4>
          <p className="truncate text-xs text-ink-3">
            {[card.name !== title && card.name, whoseOf(card), ...sources.map(({ name }) => name)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <ChannelStateBadge channel={card} />
      </div>
      {card.connection ? (
        <HealthFigures connection={card.connection} />
      ) : (
        card.about && <p className="line-clamp-3 text-ink-2 wrap-anywhere">{card.about}</p>
      )}
      {canConnect(card) && (
        <div className="mt-auto">
          <ConnectButton card={card} className="relative" />
        </div>
      )}
    </li>
  )
}

const whoseOf = ({ isOwn, isPublic }: Card): string =>
  t(isOwn ? 'channels.own' : isPublic ? 'channels.public' : 'channels.approvedForYou')
