import type { Template } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { buttonsOf, emptyForm, formOf, putIn, toRequest } from './template-form.ts'

const template = {
  id: 601,
  ownerId: null,
  name: 'Offer',
  text: 'Hi',
  files: [],
  buttons: [[{ text: 'Ship' }, { text: 'Wait' }]],
  language: 'es',
  externalId: null,
  useCount: 3,
  updatedAt: 1,
} as unknown as Template

describe('a template in its form', () => {
  test('goes out as it came in', () => {
    expect(toRequest(formOf(template))).toEqual({
      name: 'Offer',
      text: 'Hi',
      isShared: true,
      language: 'es',
      buttons: template.buttons,
      files: [],
    })
    const links = { ...template, buttons: [[{ text: 'Shop', url: 'https://example.net' }]] }
    expect(formOf(links).buttonKind).toBe('link')
    expect(toRequest(formOf(links)).buttons).toEqual(links.buttons)
  })

  test('has no buttons nobody has written on', () => {
    const rows = [
      [
        { text: ' Yes ', url: '' },
        { text: ' ', url: '' },
      ],
      [{ text: '', url: '' }],
    ]
    expect(buttonsOf({ rows, buttonKind: 'reply' })).toEqual([[{ text: 'Yes' }]])
    expect(buttonsOf({ rows: [[{ text: '', url: 'https://a.test' }]], buttonKind: 'link' })).toEqual([
      [{ text: '', url: 'https://a.test' }],
    ])
    expect(toRequest(emptyForm(false)).buttons).toEqual([])
  })

  test('takes a variable where the caret is, in the place of what is selected', () => {
    expect(putIn('Hi , you', '{{x}}', { start: 3, end: 3 })).toEqual({ text: 'Hi {{x}}, you', caret: 8 })
    expect(putIn('Hi there', '{{x}}', { start: 3, end: 8 })).toEqual({ text: 'Hi {{x}}', caret: 8 })
  })
})
