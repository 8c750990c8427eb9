import type { FieldType } from '@parley/protocol/model'
import { ExternalLink, Mail, Phone } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { webAddress } from '../web-address.ts'

interface Props {
  type: FieldType
  name: string
  value: string
}

/** What can be opened with one press: a page, a call, a mail. */
export function ValueLink({ type, name, value }: Props) {
  if (type === 'url') {
    const href = webAddress(value)
    if (href === undefined) return null
    return (
      <Anchor href={href} label={t('value.open', { name })} isOutside>
        <ExternalLink />
      </Anchor>
    )
  }
  if (type === 'phone')
    return (
      <Anchor href={`tel:${value.replaceAll(/[^\d+]/g, '')}`} label={t('value.call', { name })}>
        <Phone />
      </Anchor>
    )
  if (type === 'email')
    return (
      <Anchor href={`mailto:${encodeURIComponent(value).replace('%40', '@')}`} label={t('value.write', { name })}>
        <Mail />
      </Anchor>
    )
  return null
}

function Anchor(props: { href: string; label: string; isOutside?: boolean; children: ReactNode }) {
  return (
    <a
      href={props.href}
      aria-label={props.label}
      {...(props.isOutside && { target: '_blank', rel: 'noopener noreferrer' })}
      className="flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-10 [&>svg]:size-[15px]"
    >
      {props.children}
    </a>
  )
}
