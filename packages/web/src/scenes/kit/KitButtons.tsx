import { Archive, Ellipsis, Plus, Tag as TagIcon } from 'lucide-react'
import { useState } from 'react'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import { CountBadge } from '../../parts/CountBadge.tsx'
import { HuePicker } from '../../parts/HuePicker.tsx'
import { IconButton } from '../../parts/IconButton.tsx'
import { KeyCaps } from '../../parts/KeyCaps.tsx'
import { Tag } from '../../parts/Tag.tsx'
import { Row, Section } from './Section.tsx'

const LOOKS = ['primary', 'outline', 'ghost', 'danger'] as const
const TAGS = ['Wholesale', 'VIP', 'Repeat', 'Returns', 'Lisbon', 'Срочно', 'Partner', 'A very long tag that is cut']

export function KitButtons() {
  return (
    <Section title="Buttons">
      {(['md', 'sm'] as const).map((size) => (
        <Row key={size}>
          {LOOKS.map((look) => (
            <Button key={look} look={look} size={size}>
              {look === 'primary' && <Plus size={15} aria-hidden="true" />}
              {look}
            </Button>
          ))}
          <Button size={size} disabled>
            disabled
          </Button>
          <Button size={size} look="primary" disabled>
            disabled
          </Button>
        </Row>
      ))}
      <Row>
        <IconButton label="Archive" keys="E">
          <Archive />
        </IconButton>
        <IconButton label="Tags" aria-expanded>
          <TagIcon />
        </IconButton>
        <IconButton label="More">
          <Ellipsis />
        </IconButton>
        <span className="ms-2 flex items-center gap-2 text-2xs text-ink-3">
          <KeyCaps keys="g i" />
          <KeyCaps keys="Shift+x" />
          <KeyCaps keys="ArrowDown" />
        </span>
      </Row>
    </Section>
  )
}

export function KitMarks() {
  const [hue, setHue] = useState(2)
  const [tags, setTags] = useState(TAGS)
  return (
    <Section title="Tags, badges, people">
      <Row>
        {TAGS.map((name, index) => (
          <Tag key={name} name={name} hue={index} />
        ))}
      </Row>
      <Row>
        {tags.map((name) => (
          <Tag
            key={name}
            name={name}
            hue={TAGS.indexOf(name)}
            onRemove={() => setTags(tags.filter((one) => one !== name))}
          />
        ))}
      </Row>
      <Row>
        <CountBadge count={3} />
        <CountBadge count={12} tone="accent" />
        <CountBadge count={1_204} tone="accent" />
        <CountBadge count={2} tone="bad" />
        {['Ana Souza', 'Omar Haddad', 'Нина Котова', 'Zoë Ångström'].map((name) => (
          <Avatar key={name} name={name} size={32} />
        ))}
      </Row>
      <div className="mt-3">
        <HuePicker label="Colour of the stage" value={hue} onChange={setHue} />
      </div>
    </Section>
  )
}
