import { ExternalLink, MapPin, Phone, UserRoundPlus } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { makeVcard, vcardFileName } from '../../../parts/vcard.ts'

const PLACES = 4
/** About ten centimetres: nobody sends more. */
const LINK_PLACES = 6

/** A place, drawn without anybody's map: where exactly is one press away. */
export function LocationCard({ lat, lon }: { lat: number; lon: number }) {
  const place = `${lat.toFixed(PLACES)}, ${lon.toFixed(PLACES)}`.replaceAll('-', '−')
  const at = `mlat=${lat.toFixed(LINK_PLACES)}&mlon=${lon.toFixed(LINK_PLACES)}`
  const href = `https://www.openstreetmap.org/?${at}#map=16/${lat.toFixed(LINK_PLACES)}/${lon.toFixed(LINK_PLACES)}`
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="block w-[280px] max-w-full -outline-offset-2">
      <MapDrawing />
      <span className="flex items-start gap-2 px-3 pt-2 pb-1">
        <MapPin size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-3" />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{t('kind.location')} </span>
          <span className="tnum block text-sm">{place}</span>
          <span className="flex items-center gap-1 text-xs text-accent-ink">
            {t('media.map')}
            <ExternalLink size={11} aria-hidden="true" />
          </span>
        </span>
      </span>
    </a>
  )
}

/** Streets of nowhere, in the theme's own tones. */
function MapDrawing() {
  return (
    <svg viewBox="0 0 280 112" aria-hidden="true" className="block h-auto w-full bg-hover dark:bg-press">
      <g fill="none" stroke="var(--line-strong)" strokeWidth="1">
        <path d="M44 0V112M104 0V112M172 0V112M236 0V112M0 26H280M0 74H280" />
      </g>
      <g fill="none" stroke="var(--surface)" strokeLinecap="round">
        <path d="M-10 96C60 86 88 58 140 56S230 30 290 12" strokeWidth="9" />
        <path d="M70 -10C84 40 128 70 150 122" strokeWidth="5" />
      </g>
      <path d="M176 78H232V108H176Z" fill="var(--ok-soft)" />
      <ellipse cx="140" cy="66" rx="9" ry="3" fill="var(--shade-2)" />
      <path
        d="M140 65C131 52 127 46 127 38.5a13 13 0 0 1 26 0C153 46 149 52 140 65Z"
        fill="var(--accent)"
        stroke="var(--surface)"
        strokeWidth="1.5"
      />
      <circle cx="140" cy="38.5" r="4.5" fill="#fff" />
    </svg>
  )
}

/** Somebody's name and number, to call or to keep. */
export function ContactCard({ name, phone }: { name: string; phone: string }) {
  const dialled = phone.replaceAll(/[^\d+*#]/g, '')
  const shown = name.trim() === '' ? phone : name
  return (
    <span className="flex w-[280px] max-w-full items-center gap-2.5 py-0.5">
      <Avatar name={shown} seed={phone} size={40} />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-sm font-medium">
          {shown}
        </span>
        {dialled === '' ? (
          <span className="block truncate text-xs text-ink-2">{phone}</span>
        ) : (
          <a
            href={`tel:${dialled}`}
            className="tnum inline-flex min-h-6 max-w-full items-center gap-1 text-xs text-accent-ink underline-offset-2 hover:underline pointer-coarse:min-h-10"
          >
            <Phone size={12} aria-hidden="true" />
            <bdi className="truncate">{phone}</bdi>
          </a>
        )}
      </span>
      <Button size="sm" aria-label={t('media.saveContactOf', { name: shown })} onClick={() => saveContact(name, phone)}>
        <UserRoundPlus size={14} aria-hidden="true" />
        {t('media.saveContact')}
      </Button>
    </span>
  )
}

function saveContact(name: string, phone: string): void {
  const url = URL.createObjectURL(new Blob([makeVcard({ name, phone })], { type: 'text/vcard;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = vcardFileName(name)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
