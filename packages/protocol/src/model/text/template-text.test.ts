import { describe, expect, test } from 'vitest'
import { fillTemplate, findMarkers, readTemplate, type TemplateContext, templateValues } from './template-text.ts'

const values = { 'contact.name': 'Nora Lind', 'contact.first_name': 'Nora', 'lead.title': 'Two {{date}} bikes' }

describe('a template is filled in', () => {
  test.each([
    ['Hello {{contact.first_name}}!', 'Hello Nora!', []],
    ['{{ contact.name }}{{contact.name}}', 'Nora LindNora Lind', []],
    ['Hello {{contact.name|there}}', 'Hello Nora Lind', []],
    ['Call {{contact.phone|us}}', 'Call us', []],
    ['Call {{contact.phone|}}.', 'Call .', []],
    [
      'Call {{contact.phone}}, {{ contact.phone }}',
      'Call {{contact.phone}}, {{ contact.phone }}',
      ['{{contact.phone}}', '{{ contact.phone }}'],
    ],
    ['{{no.such}} {{lead.cf.11|-}}', '{{no.such}} -', ['{{no.such}}']],
    // What a client is called can hold anything; it is a text and nothing else.
    ['About {{lead.title}}', 'About Two {{date}} bikes', []],
    [
      '{{}} {{1}} {{Contact.Name}} {contact.name} {{contact.name',
      '{{}} {{1}} {{Contact.Name}} {contact.name} {{contact.name',
      [],
    ],
    ['{{constructor}} {{__proto__|x}}', '{{constructor}} x', ['{{constructor}}']],
  ])('%s', (text, filled, missing) => {
    expect(fillTemplate(text, values)).toMatchObject({ text: filled, missing })
  })

  test('and says once what was put where, as a hook tells it', () => {
    expect(fillTemplate('{{contact.name}}, {{contact.name}}, {{lead.price|a fair price}}', values).params).toEqual([
      { key: '{{contact.name}}', value: 'Nora Lind' },
      { key: '{{lead.price|a fair price}}', value: 'a fair price' },
    ])
  })

  test('a preview tells words, values and fallbacks apart', () => {
    expect(readTemplate('Hi {{contact.name}}, {{lead.price|soon}}{{time}}', values)).toEqual([
      { kind: 'words', text: 'Hi ' },
      { kind: 'marker', marker: '{{contact.name}}', variable: 'contact.name', value: 'Nora Lind', isFallback: false },
      { kind: 'words', text: ', ' },
      { kind: 'marker', marker: '{{lead.price|soon}}', variable: 'lead.price', value: 'soon', isFallback: true },
      { kind: 'marker', marker: '{{time}}', variable: 'time', value: undefined, isFallback: false },
    ])
  })

  test('what is left over is found', () => {
    expect(findMarkers('For {{lead.price}} and {{ lead.price }} or {{lead.price}}')).toEqual([
      '{{lead.price}}',
      '{{ lead.price }}',
    ])
    expect(findMarkers('A set {like} this {{}}')).toEqual([])
  })
})

const context: TemplateContext = {
  client: { name: 'nora_55', phone: '+46700000055', email: null },
  channelTitle: 'Harbor Chat',
  lead: {
    id: 770001,
    title: 'Two bikes',
    price: 1200,
    stage: { name: 'Talks' },
    responsible: null,
    contact: { name: 'Nora Lind', phone: null, email: 'nora@example.net' },
  },
  user: { name: 'Max Berg', email: 'max@example.net' },
  account: { name: 'Harbor Shop', timeZone: 'Europe/Stockholm', currency: 'EUR' },
  now: Date.UTC(2026, 4, 31, 22, 30),
  language: 'en',
}

describe('the values of a chat', () => {
  test('come from the lead’s contact, then from the client', () => {
    expect(templateValues(context)).toEqual({
      'contact.name': 'Nora Lind',
      'contact.first_name': 'Nora',
      'contact.phone': '+46700000055',
      'contact.email': 'nora@example.net',
      'lead.id': '770001',
      'lead.title': 'Two bikes',
      'lead.price': '€1,200',
      'lead.stage': 'Talks',
      'user.name': 'Max Berg',
      'user.first_name': 'Max',
      'user.email': 'max@example.net',
      'account.name': 'Harbor Shop',
      'channel.name': 'Harbor Chat',
      date: 'June 1, 2026',
      time: expect.stringMatching(/^12:30\sAM$/),
    })
  })

  test('are written in the language asked for, and absent when nobody knows them', () => {
    const known = templateValues({ ...context, lead: null, language: 'ru' })
    expect(known).toMatchObject({ 'contact.name': 'nora_55', 'contact.first_name': 'nora_55', date: '1 июня 2026 г.' })
    expect(Object.keys(known).filter((name) => name.startsWith('lead.'))).toEqual([])
    const free = templateValues({ ...context, lead: { ...context.lead!, price: 0, contact: null } })
    expect(free['lead.price']).toBeUndefined()
    expect(
      templateValues({ ...context, client: { ...context.client, name: '+46 70' }, lead: null })['contact.first_name'],
    ).toBe('+46 70')
  })
})
